"""Costs line by line with who bears them, what the enforcement judge said of them, money advanced and got back."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec
from django import forms
from django.utils.translation import gettext_lazy as _

from exigible.bureau.pages.formulaires.base import FormulaireFait
from exigible.bureau.pages.formulaires.champs import CasesField, JourField, MontantField, check_passe
from exigible.bureau.pages.formulaires.choix import (
    A_CHOISIR,
    AvecPiece,
    CodeField,
    keep_choix,
    list_decisions,
    list_procedures,
)
from exigible.bureau.pages.formulaires.lignes import FormulaireALignes, FormulaireLigne
from exigible.bureau.pages.noms import name_frais
from exigible.bureau.pages.templatetags.exigible import jour as write_jour
from exigible.bureau.pages.templatetags.exigible import montant as write_montant
from exigible.dossier.faits import (
    AvanceRemboursee,
    AvanceVersee,
    ChargeFrais,
    Fait,
    FraisExpose,
    FraisMisACharge,
    NatureFrais,
)
from exigible.droit.argent import ZERO

NATURES = {
    NatureFrais.ACTE_D_EXECUTION: _("Acte d’exécution forcée"),
    NatureFrais.AUTRE_ACTE: _("Autre acte de commissaire de justice"),
    NatureFrais.DEPENS: _("Dépens (article 695 du code de procédure civile)"),
    NatureFrais.EMOLUMENT_DU_DEBITEUR: _("Droit de recouvrement à la charge du débiteur"),
    NatureFrais.EMOLUMENT_DU_CREANCIER: _("Droit de recouvrement à la charge du créancier"),
    NatureFrais.RECOUVREMENT_AMIABLE: _("Recouvrement amiable"),
    NatureFrais.HONORAIRES: _("Honoraires d’avocat ou de conseil"),
    NatureFrais.AFFRANCHISSEMENT: _("Affranchissement"),
    NatureFrais.REJET_DE_CHEQUE: _("Frais de rejet d’un chèque sans provision"),
    NatureFrais.AUTRE: _("Autre"),
}
CHARGES = {
    ChargeFrais.INCONNU: _("Selon la loi"),
    ChargeFrais.DEBITEUR: _("Le débiteur, selon la pièce"),
    ChargeFrais.CREANCIER: _("Le créancier, par choix"),
}
CHARGES_JUGEES = {ChargeFrais.DEBITEUR: _("Le débiteur"), ChargeFrais.CREANCIER: _("Le créancier")}


class LigneDeFrais(FormulaireLigne):
    """One cost."""

    nature = CodeField(NATURES, label=_("Nature"), initial=NatureFrais.ACTE_D_EXECUTION.value)
    libelle = forms.CharField(label=_("Libellé"), max_length=200, required=False)
    montant = MontantField(label=_("Montant TTC"))
    montant_ht = MontantField(label=_("Montant HT"), required=False)
    le = JourField(label=_("Fait le"), required=False, help_text=_("Vide : la date ci-dessus."))
    a_la_charge = CodeField(
        CHARGES,
        label=_("À la charge de"),
        initial=ChargeFrais.INCONNU.value,
        help_text=_("La loi décide de ce qui est réclamé ; le motif s’affiche au dossier."),
    )
    article = forms.CharField(
        label=_("Article du tarif ou de la loi"), max_length=60, required=False, help_text=_("Par exemple A444-29.")
    )
    verifie_le = JourField(
        label=_("Dépens vérifiés ou taxés le"), required=False, help_text=_("Certificat du greffe ou ordonnance.")
    )
    prescrit_par_la_loi = forms.BooleanField(label=_("Acte que la loi impose au créancier"), required=False)
    inutile = forms.BooleanField(label=_("Manifestement inutile"), required=False)

    def clean_le(self) -> date | None:
        """What was spent has happened."""
        le: date | None = self.cleaned_data["le"]
        if le is not None:
            check_passe(le, self.contexte.aujourd_hui)
        return le

    def clean(self) -> dict[str, Any]:
        """Taxes only add."""
        valeurs = super().clean()
        ttc, ht = valeurs.get("montant"), valeurs.get("montant_ht")
        if ttc is not None and ht is not None and ht > ttc:
            self.add_error("montant_ht", _("Le montant hors taxes ne peut pas dépasser le montant TTC."))
        return valeurs


class FormulaireFrais(AvecPiece, FormulaireALignes):
    """The lines of a bill: an officer's, a registry's, a lawyer's. Each is a fact; correcting one shows that one."""

    type_fait = FraisExpose
    titre = _("Enregistrer des frais")
    icone = "receipt-euro"
    aide = _(
        "Ligne par ligne, comme sur le relevé de l’étude. Ce que ni la loi ni un juge ne met à la charge du débiteur"
        " ne lui est jamais réclamé."
    )
    ligne = LigneDeFrais
    titre_ligne = _("Ligne n° %s")
    bouton_ligne = _("Ajouter une ligne")
    lignes_avant = _("La preuve")
    groupes = (
        (_("Le relevé"), ("jour", "procedure", "decision", "titre_executoire")),
        (_("La preuve"), ("piece", "fichier")),
    )

    jour = JourField(label=_("Date de l’acte ou du relevé"))
    procedure = forms.ChoiceField(label=_("Procédure"), required=False)
    decision = forms.ChoiceField(label=_("Décision exécutée"), required=False)
    titre_executoire = forms.BooleanField(
        label=_("En vertu d’un autre titre exécutoire (acte notarié, transaction homologuée, chèque impayé)"),
        required=False,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        origine = self.contexte.origine
        for nom, choix in (("procedure", list_procedures), ("decision", list_decisions)):
            connus = keep_choix(choix(self.contexte), str(getattr(origine, nom, "")))
            self.fields[nom].choices = [("", _("non précisée")), *connus]

    @property
    def extensible(self) -> bool:
        """A correction bears on one line."""
        return self.contexte.origine is None and super().extensible

    def read_initial(self, origine: Fait) -> dict[str, Any]:
        """The cost being corrected, as the only line."""
        initial = super().read_initial(origine)
        return initial | {"rangees": [{n: v for n, v in initial.items() if n in LigneDeFrais.base_fields}]}

    def build_fait(self) -> Fait:
        """The first cost: the one that a correction replaces."""
        return next(self._build_faits())[0]

    def list_ecritures(self) -> list[tuple[Fait, date]]:
        """One fact a line, then the proof."""
        return [*self._build_faits(), *super().list_ecritures()[1:]]

    def _build_faits(self) -> Iterator[tuple[Fait, date]]:
        communes = self.read_valeurs()
        for ligne in self.remplies:
            valeurs = communes | {n: v for n, v in ligne.cleaned_data.items() if n != "le"}
            if self.contexte.origine is not None:
                fait: Fait = msgspec.structs.replace(self.contexte.origine, **valeurs)
            else:
                fait = FraisExpose(**valeurs | {"cle": uuid.uuid4().hex})
            yield fait, ligne.cleaned_data["le"] or self.date_effet


class FormulaireFraisJuges(AvecPiece):
    """Who bears costs, says the enforcement judge."""

    type_fait = FraisMisACharge
    titre = _("Décision du juge sur des frais")
    icone = "gavel"
    aide = _(
        "Le juge de l’exécution tranche les contestations sur la charge des frais (article L111-8 du code des"
        " procédures civiles d’exécution) : sa décision l’emporte sur toute autre règle."
    )

    frais = CasesField(label=_("Frais"))
    charge = CodeField(CHARGES_JUGEES, label=_("Mis à la charge de"))
    jour = JourField(label=_("Décidé le"))

    field_order = ("frais", "charge", "jour", "piece", "fichier")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["frais"].choices = list(name_frais(self.contexte.effectives).items())

    def read_valeurs(self) -> dict[str, Any]:
        """The costs ticked."""
        valeurs = super().read_valeurs()
        return valeurs | {"frais": tuple(valeurs["frais"])}


class FormulaireAvance(AvecPiece):
    """Money advanced to somebody who acts."""

    type_fait = AvanceVersee
    titre = _("Avance ou provision versée")
    icone = "coin-euro"
    aide = _("Ce n’est pas un frais : l’étude ou le greffe en rend compte, et les frais s’enregistrent à part.")

    jour = JourField(label=_("Versée le"))
    a = forms.CharField(label=_("À qui"), max_length=200, help_text=_("Étude, avocat, greffe…"))
    montant = MontantField(label=_("Montant"))
    remboursee = MontantField(
        label=_("Déjà remboursé"), required=False, help_text=_("Ce qui reviendra plus tard s’enregistre à part.")
    )
    procedure = forms.ChoiceField(label=_("Procédure"), required=False)
    libelle = forms.CharField(label=_("Libellé"), max_length=200, required=False)

    field_order = ("a", "montant", "jour", "remboursee", "procedure", "libelle", "piece", "fichier")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        connues = keep_choix(list_procedures(self.contexte), str(getattr(self.contexte.origine, "procedure", "")))
        self.fields["procedure"].choices = [("", _("non précisée")), *connues]

    def clean(self) -> dict[str, Any]:
        """No more comes back than was paid."""
        valeurs = super().clean()
        montant, remboursee = valeurs.get("montant"), valeurs.get("remboursee")
        if montant is not None and remboursee is not None and remboursee > montant:
            self.add_error("remboursee", _("Le remboursement ne peut pas dépasser l’avance."))
        return valeurs


class FormulaireRemboursement(AvecPiece):
    """Money advanced that comes back."""

    type_fait = AvanceRemboursee
    titre = _("Avance remboursée")
    icone = "arrow-back-up"

    avance = forms.ChoiceField(label=_("Avance"))
    jour = JourField(label=_("Remboursée le"))
    montant = MontantField(label=_("Montant remboursé"))
    libelle = forms.CharField(label=_("Libellé"), max_length=200, required=False)

    field_order = ("avance", "montant", "jour", "libelle", "piece", "fichier")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        avances = [(a.cle, f"{write_jour(le)} — {a.a}, {write_montant(a.montant)}") for le, a in self._list_avances()]
        choix = keep_choix(avances, str(getattr(self.contexte.origine, "avance", "")))
        self.fields["avance"].choices = [A_CHOISIR, *choix] if len(choix) != 1 else choix

    def _list_avances(self) -> list[tuple[date, AvanceVersee]]:
        return [(i.date_effet, i.fait) for i in self.contexte.effectives if isinstance(i.fait, AvanceVersee)]

    def clean(self) -> dict[str, Any]:
        """No more comes back than what is left, nor before it was paid."""
        valeurs = super().clean()
        jour, montant = valeurs.get("jour"), valeurs.get("montant")
        trouvee = next((x for x in self._list_avances() if x[1].cle == valeurs.get("avance")), None)
        if trouvee is None:
            return valeurs
        le, avance = trouvee
        if jour and jour < le:
            self.add_error("jour", _("Le remboursement ne peut pas précéder l’avance."))
        rendus = [i.fait for i in self.contexte.effectives if isinstance(i.fait, AvanceRemboursee)]
        deja = sum((r.montant for r in rendus if r.avance == avance.cle and r != self.contexte.origine), ZERO)
        if montant is not None and montant + deja + (avance.remboursee or ZERO) > avance.montant:
            self.add_error("montant", _("Le remboursement ne peut pas dépasser ce qui reste de l’avance."))
        return valeurs


FORMULAIRES: dict[str, type[FormulaireFait]] = {
    "frais": FormulaireFrais,
    "frais-juges": FormulaireFraisJuges,
    "avance": FormulaireAvance,
    "remboursement": FormulaireRemboursement,
}
