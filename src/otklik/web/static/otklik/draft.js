// The draft's workspace: length, what belongs to the kind of reply, and a copy of unsaved text in this tab.
document.addEventListener("alpine:init", () => {
  window.Alpine.data("draft", () => ({
    count: "",
    kept: false,
    saved: "",

    init() {
      this.saved = this.$refs.text.value;
      this.takeOver();
      const copy = sessionStorage.getItem(this.$el.dataset.keep);
      this.kept = copy !== null && copy !== this.saved;
      addEventListener("online", () => {
        if (this.$refs.text.value !== this.saved) this.$refs.text.dispatchEvent(new Event("otklik:again"));
      });
      this.measure();
      this.showKind();
    },

    // What was typed on an earlier version is not lost because somebody saved another meanwhile; what got saved is done.
    takeOver() {
      const { keep, keepAll } = this.$el.dataset;
      for (const key of Object.keys(sessionStorage).filter((one) => one.startsWith(keepAll))) {
        const text = sessionStorage.getItem(key);
        if (text.trim() === this.saved.trim()) sessionStorage.removeItem(key);
        else if (key !== keep) {
          sessionStorage.removeItem(key);
          if (sessionStorage.getItem(keep) === null) sessionStorage.setItem(keep, text);
        }
      }
    },

    typed() {
      this.measure();
      const { keep } = this.$root.dataset;
      if (this.$refs.text.value === this.saved) sessionStorage.removeItem(keep);
      else sessionStorage.setItem(keep, this.$refs.text.value);
    },

    measure() {
      const length = [...this.$refs.text.value].length;
      const { hard, recommended, countWords, recommendedWords, hardWords, overWords } = this.$root.dataset;
      const say = (words, number) => words.replace("{n}", number);
      const parts = [say(countWords, length)];
      if (recommended) parts.push(say(recommendedWords, recommended));
      if (hard) parts.push(length > hard ? say(overWords, length - hard) : say(hardWords, hard));
      this.count = parts.join(", ");
    },

    choose() {
      this.showKind();
    },

    showKind() {
      const kind = this.$root.querySelector("input[name=kind]:checked")?.value;
      this.$root.querySelectorAll("[data-for-kind]").forEach((part) => {
        part.hidden = part.dataset.forKind !== kind;
      });
      this.$root.querySelectorAll("[data-kind-hint]").forEach((hint) => {
        hint.hidden = hint.dataset.kindHint !== kind;
      });
    },

    // Where the cursor stands, as if typed: the browser's own undo takes it back. Any trouble: the form does it.
    async insert(event) {
      const button = event.currentTarget;
      event.preventDefault();
      const { text, template, inserted } = this.$refs;
      const url = button.dataset.templateUrl.replace("/0/", `/${template.value}/`);
      const answer = await fetch(url).catch(() => null);
      const piece = answer?.ok && !answer.redirected ? await answer.text() : null;
      if (piece === null) return void button.form.requestSubmit(button);
      text.focus();
      const before = text.value.slice(0, text.selectionStart);
      const gap = before.trim() && !before.endsWith("\n") ? "\n\n" : "";
      text.setSelectionRange(text.selectionEnd, text.selectionEnd);
      document.execCommand("insertText", false, gap + piece);
      inserted.textContent = inserted.dataset.done;
    },

    restore() {
      this.$refs.text.value = sessionStorage.getItem(this.$root.dataset.keep);
      this.kept = false;
      this.typed();
      this.$refs.text.focus();
    },

    forget() {
      sessionStorage.removeItem(this.$root.dataset.keep);
      this.kept = false;
    },
  }));
});
