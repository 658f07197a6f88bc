// The buttons of the viewer and what unfolds beneath them.
(function (vitrine) {
  "use strict";

  class Tools {
    // does holds what a button does, by its data-do.
    constructor(dialog, does) {
      this.dialog = dialog;
      dialog.addEventListener("click", (e) => {
        const button = e.target.closest("button[data-do], button[data-unfold]");
        if (!button) return;
        if (button.dataset.unfold) this.unfold(button.dataset.unfold, button.getAttribute("aria-expanded") !== "true");
        else does[button.dataset.do](button);
      });
    }

    button(name) { return this.dialog.querySelector('[data-do="' + name + '"]'); }

    // unfold shows one panel and folds the others; without a name it folds all.
    unfold(name, open) {
      this.dialog.querySelectorAll("button[data-unfold]").forEach((b) => {
        const is = b.dataset.unfold === name && open;
        b.setAttribute("aria-expanded", String(is));
        this.panel(b.dataset.unfold).hidden = !is;
      });
    }

    panel(name) { return this.dialog.querySelector(".viewer-panel-" + name); }

    // folded folds what is open, and reports whether anything was.
    folded() {
      const open = this.dialog.querySelector('button[data-unfold][aria-expanded="true"]');
      if (!open) return false;
      this.unfold();
      open.focus();
      return true;
    }
  }

  // copy puts a text on the clipboard, or else selects it where it stands, and
  // says so on the button.
  function copy(button, field, text) {
    const label = button.dataset.label || (button.dataset.label = button.textContent);
    const done = () => {
      button.textContent = button.dataset.done;
      setTimeout(() => { button.textContent = label; }, 1600);
    };
    const bySelection = () => {
      field.value = text;
      field.select();
      if (document.execCommand("copy")) done();
    };
    if (!navigator.clipboard) return bySelection();
    navigator.clipboard.writeText(text).then(done, bySelection);
  }

  vitrine.Tools = Tools;
  vitrine.copy = copy;
})(window.vitrineViewer = window.vitrineViewer || {});
