// Comfort only: every page works without this file.
"use strict";

(() => {
  const dansUnChamp = (element) => element.closest("input, textarea, select, [contenteditable]") !== null;
  const lignes = () => [...document.querySelectorAll("[data-ligne]")].filter((l) => l.offsetParent !== null);
  const lienDe = (ligne) => ligne.querySelector("[data-ouvre]") ?? ligne.querySelector("a[href]");

  function bouger(pas) {
    const toutes = lignes();
    if (toutes.length === 0) return;
    const ici = toutes.findIndex((ligne) => ligne.contains(document.activeElement));
    const depart = ici < 0 ? toutes.findIndex((ligne) => ligne.classList.contains("choisie")) : ici;
    const cible = depart < 0 ? 0 : Math.min(Math.max(depart + pas, 0), toutes.length - 1);
    const lien = lienDe(toutes[cible]);
    lien?.focus();
    toutes[cible].scrollIntoView({ block: "nearest" });
  }

  function executer() {
    const bouton = document.querySelector("[data-executer]");
    if (bouton) bouton.click();
  }

  function ouvrirBoite(selecteur) {
    const boite = document.querySelector(selecteur);
    if (boite && !boite.open) boite.showModal();
  }

  const touches = {
    j: () => bouger(1),
    k: () => bouger(-1),
    e: executer,
    "/": () => document.getElementById("recherche")?.select(),
    "?": () => ouvrirBoite("#aide-clavier"),
  };

  document.addEventListener("keydown", (evenement) => {
    if (evenement.key === "Escape") {
      document.querySelectorAll("details[data-menu][open]").forEach((menu) => menu.removeAttribute("open"));
      if (dansUnChamp(evenement.target)) evenement.target.blur();
      return;
    }
    if (evenement.ctrlKey || evenement.metaKey || evenement.altKey || dansUnChamp(evenement.target)) return;
    if (document.querySelector("dialog[open]")) return;
    const geste = touches[evenement.key];
    if (geste) {
      evenement.preventDefault();
      geste();
    }
  });

  document.addEventListener("click", (evenement) => {
    document.querySelectorAll("details[data-menu][open]").forEach((menu) => {
      if (!menu.contains(evenement.target)) menu.removeAttribute("open");
    });
    const ouvre = evenement.target.closest("[data-ouvrir]");
    if (ouvre) ouvrirBoite(ouvre.dataset.ouvrir);
    const ferme = evenement.target.closest("[data-fermer]");
    if (ferme) ferme.closest("dialog")?.close();
    const copie = evenement.target.closest("[data-copier]");
    if (copie) copier(copie);
    const ligne = evenement.target.closest("[data-ligne]");
    if (ligne && evenement.target.closest("[hx-get]")) choisir(ligne);
  });

  function choisir(ligne) {
    document.querySelectorAll("[data-ligne].choisie").forEach((autre) => autre.classList.remove("choisie"));
    ligne.classList.add("choisie");
  }

  // On a narrow screen the panel would open far below the list: the link is followed instead.
  document.addEventListener("htmx:confirm", (evenement) => {
    const lien = evenement.detail.elt;
    if (!lien.matches("a[data-ouvre]") || !matchMedia("(max-width: 900px)").matches) return;
    evenement.preventDefault();
    location.assign(lien.href);
  });

  // Signed out meanwhile, or the row was dealt with elsewhere: the whole page says so.
  document.addEventListener("htmx:beforeSwap", (evenement) => {
    if (!new URL(evenement.detail.xhr.responseURL).pathname.startsWith("/connexion/")) return;
    evenement.preventDefault();
    location.reload();
  });
  document.addEventListener("htmx:responseError", () => location.reload());

  async function copier(bouton) {
    const source = document.querySelector(bouton.dataset.copier);
    await navigator.clipboard.writeText(source.value ?? source.textContent);
    const avant = bouton.textContent;
    bouton.textContent = bouton.dataset.copie ?? avant;
    setTimeout(() => { bouton.textContent = avant; }, 2000);
  }

  // A form marked data-auto is sent as soon as one of its choices changes.
  document.addEventListener("change", (evenement) => {
    const formulaire = evenement.target.closest("form[data-auto]");
    if (formulaire && evenement.target.matches("select, input[type=date], input[type=checkbox], input[type=radio]")) {
      formulaire.requestSubmit();
    }
    const tout = evenement.target.closest("[data-tout-cocher]");
    if (tout) {
      document.querySelectorAll(tout.dataset.toutCocher).forEach((case_) => { case_.checked = tout.checked; });
    }
  });

  // Files dropped on a .depot label go into its input.
  for (const genre of ["dragenter", "dragover", "dragleave", "drop"]) {
    document.addEventListener(genre, (evenement) => {
      const depot = evenement.target.closest?.(".depot");
      if (!depot) return;
      evenement.preventDefault();
      depot.classList.toggle("survol", genre === "dragenter" || genre === "dragover");
      if (genre !== "drop") return;
      const entree = depot.querySelector("input[type=file]");
      entree.files = evenement.dataTransfer.files;
      entree.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }

  // Long work: the button says so and cannot be pressed twice.
  document.addEventListener("submit", (evenement) => {
    const bouton = evenement.submitter;
    if (!bouton?.dataset.attente) return;
    setTimeout(() => {
      bouton.disabled = true;
      bouton.textContent = bouton.dataset.attente;
    });
  });

  // What refines a list is folded on a narrow screen, unless it is in use; never elsewhere, where nothing unfolds it.
  const etroit = matchMedia("(max-width: 760px)");
  function replier() {
    document.querySelectorAll("details[data-repli]").forEach((pli) => {
      pli.open = !etroit.matches || pli.dataset.repli === "actif";
    });
  }
  etroit.addEventListener("change", replier);
  document.addEventListener("DOMContentLoaded", replier);

  // A print button, and elements (hidden until here) that only make sense with a script.
  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-script]").forEach((element) => { element.hidden = false; });
  });
  document.addEventListener("click", (evenement) => {
    if (evenement.target.closest("[data-imprimer]")) window.print();
  });
})();
