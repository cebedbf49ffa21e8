// What every page has: menus that close, the theme switch, loss of connection, small buttons. No framework.
(() => {
  const YEAR = 365 * 24 * 3600;

  // --- menus and popovers: <details data-menu> close on Escape, on a click elsewhere, and when another opens
  const openMenus = () => document.querySelectorAll("details[data-menu][open]");
  document.addEventListener("click", (event) => {
    openMenus().forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    openMenus().forEach((menu) => {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });

  // --- theme: the cookie lets the server draw the right one at once
  const showTheme = () => {
    const now = document.documentElement.dataset.bsTheme || "auto";
    document.querySelectorAll("[data-theme-choice]").forEach((button) => {
      button.setAttribute("aria-pressed", String(button.dataset.themeChoice === now));
    });
  };
  const chooseTheme = (choice) => {
    const secure = location.protocol === "https:" ? "; Secure" : "";
    const age = choice === "auto" ? 0 : YEAR;
    document.cookie = `otklik_theme=${choice}; Path=/; Max-Age=${age}; SameSite=Lax${secure}`;
    if (choice === "auto") delete document.documentElement.dataset.bsTheme;
    else document.documentElement.dataset.bsTheme = choice;
    showTheme();
  };

  // --- connection
  const band = document.getElementById("offline");
  const showConnection = () => {
    if (band) band.hidden = navigator.onLine;
  };
  addEventListener("online", showConnection);
  addEventListener("offline", showConnection);
  document.addEventListener("htmx:sendError", () => {
    if (band) band.hidden = false;
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (band && event.detail.successful) band.hidden = true;
  });

  // --- the worker that says so when there is no connection at all; only over https, or on this machine
  navigator.serviceWorker?.register("/service-worker.js").catch(() => {});

  // --- the session is over: the page stays, with what is typed in it, and says where to sign in
  const signedOut = document.getElementById("signed-out");
  document.addEventListener("htmx:beforeOnLoad", (event) => {
    if (!signedOut || event.detail.xhr.status !== 401 || !event.target.closest?.("form")) return;
    event.preventDefault();
    const link = signedOut.querySelector("[data-sign-in]");
    link.search = `?next=${encodeURIComponent(location.pathname + location.search)}`;
    signedOut.hidden = false;
  });

  // --- the demo network: take in what is new, leave what is being written
  const takeNewPosts = (list, html) => {
    const fresh = new DOMParser().parseFromString(html, "text/html");
    const posts = [...fresh.querySelectorAll(".dn-post")];
    let before = list.querySelector(".dn-post");
    posts.forEach((post) => {
      const here = document.getElementById(post.id);
      if (!here) {
        list.querySelector(".dn-none")?.remove();
        list.insertBefore(post, before);
        return;
      }
      const replies = here.querySelector("[data-replies]");
      const renewed = post.querySelector("[data-replies]");
      if (replies.innerHTML !== renewed.innerHTML) replies.innerHTML = renewed.innerHTML;
      here.querySelector("[data-waiting]").textContent = post.querySelector("[data-waiting]").textContent;
      before = here.nextElementSibling;
    });
  };
  document.addEventListener("htmx:afterRequest", (event) => {
    const list = event.target.closest?.("[data-posts]");
    if (list && event.detail.successful) takeNewPosts(list, event.detail.xhr.responseText);
  });

  // --- small buttons
  const acts = {
    themeChoice: (button) => chooseTheme(button.dataset.themeChoice),
    print: () => print(),
    back: () => history.back(),
    open: (button) => document.getElementById(button.dataset.open).showModal(),
    fillLogin: (button) => {
      document.getElementById("username").value = button.dataset.fillLogin;
      document.getElementById("password").value = button.dataset.fillPassword;
      document.getElementById("password").form.requestSubmit();
    },
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    for (const [name, act] of Object.entries(acts)) if (name in button.dataset) act(button);
  });

  // Without a connection a form stays where it is, with its text. A server on this very machine is reached all the same.
  const sendIfReached = async (form, submitter) => {
    try {
      await fetch("/healthz", { cache: "no-store" });
      form.dataset.reached = "1";
      form.requestSubmit(submitter);
    } catch {
      showConnection();
    }
  };

  // --- a form is sent once: a second press while it is on its way does nothing
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method === "dialog") return;
    if (!navigator.onLine && !form.dataset.reached) {
      event.preventDefault();
      void sendIfReached(form, event.submitter);
    } else if (form.dataset.sent) event.preventDefault();
    else form.dataset.sent = "1";
  });
  addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
    showConnection();
  });

  showTheme();
  showConnection();
  document.querySelector("[data-faults]")?.focus();
})();
