// The draft's workspace: length, what belongs to the kind of reply, and a copy of unsaved text in this tab.
document.addEventListener("alpine:init", () => {
  window.Alpine.data("draft", () => ({
    count: "",
    kept: false,
    saved: "",

    init() {
      this.saved = this.$refs.text.value;
      const copy = sessionStorage.getItem(this.$el.dataset.keep);
      this.kept = copy !== null && copy !== this.saved;
      this.measure();
      this.showKind();
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
