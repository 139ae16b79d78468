"""The facts about persons, decisions and costs, in words for the timeline."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exigible.bureau.pages.libelles import get_libelle
from exigible.bureau.pages.noms import DECISION, FRAIS, PERSONNE, get_nom
from exigible.bureau.pages.templatetags.exigible import jour, montant
from exigible.dossier import faits as f
from exigible.droit.ecriture import format_exact

Description = tuple[str, tuple[str, ...]]


def name_creances(creances: Sequence[str], numeros: Mapping[str, str]) -> str:
    """The invoices of a fact by their numbers; nothing when it names none."""
    if not creances:
        return ""
    noms = ", ".join(numeros.get(cle, cle) for cle in creances)
    return (_("Facture %s") if len(creances) == 1 else _("Factures %s")) % noms


def describe_texte(titre: Any, *champs: str) -> Callable[[Any, Mapping[str, str]], Description]:
    """The description of a fact that is a title and a few texts."""

    def describe(fait: Any, _numeros: Mapping[str, str]) -> Description:
        return str(titre), tuple(str(getattr(fait, champ)) for champ in champs)

    return describe


def _name_personne(cle: str, noms: Mapping[str, str]) -> str:
    if cle in {"", f.DEBITEUR}:
        return _("Le débiteur")
    return noms.get(f"{PERSONNE}{cle}") or _("Personne « %s »") % cle


def _describe_decision(titre: Any, *champs: str) -> Callable[[Any, Mapping[str, str]], Description]:
    """The description of a fact about a decision: a title, the decision, a few texts."""

    def describe(fait: Any, noms: Mapping[str, str]) -> Description:
        textes = (str(getattr(fait, champ)) for champ in champs)
        return str(titre), (get_nom(noms, DECISION, fait.decision), *textes)

    return describe


def _write_adresse(adresse: f.Adresse) -> str:
    return ", ".join([*adresse.lignes, f"{adresse.code_postal} {adresse.ville}".strip()]).strip(", ")


# --- Persons ----------------------------------------------------------------------------------------------------------


def _tenue(fait: f.PersonneTenue, numeros: Mapping[str, str]) -> Description:
    return _("%(nom)s, tenu avec le débiteur : %(role)s") % {
        "nom": fait.nom,
        "role": get_libelle(fait.role.value).lower(),
    }, (
        _("Au plus %s, tout compris") % montant(fait.plafond) if fait.plafond is not None else "",
        name_creances(fait.creances, numeros),
        _write_adresse(fait.adresse),
    )


def _dechargee(fait: f.PersonneDechargee, noms: Mapping[str, str]) -> Description:
    portee = get_libelle(fait.portee.value).lower()
    return _("Décharge accordée : %s") % portee, (_name_personne(fait.personne, noms), fait.motif)


def _informee(fait: f.CautionInformee, noms: Mapping[str, str]) -> Description:
    return _("Caution informée"), (_name_personne(fait.personne, noms),)


def _en_procedure(fait: f.PersonneEnProcedure, noms: Mapping[str, str]) -> Description:
    publication = _("Publiée au Bodacc le %s") % jour(fait.publication) if fait.publication else ""
    titre = _("Procédure d’une personne tenue : %s") % get_libelle(fait.sorte.value).lower()
    return titre, (_name_personne(fait.personne, noms), publication, fait.mandataire)


def _decedee(fait: f.PersonneDecedee, noms: Mapping[str, str]) -> Description:
    notaire = _("Notaire : %s") % fait.notaire if fait.notaire else ""
    return _("Décès"), (_name_personne(fait.personne, noms), notaire)


def _cessation(fait: f.CessationActivite, noms: Mapping[str, str]) -> Description:
    titre = _("Radiation du registre") if fait.radiation else _("Cessation d’activité")
    return titre, (_name_personne(fait.personne, noms), fait.source)


def _adresse(fait: f.AdresseChangee, noms: Mapping[str, str]) -> Description:
    return _("Changement d’adresse"), (_name_personne(fait.personne, noms), _write_adresse(fait.adresse), fait.source)


def _visite(fait: f.VisiteFaite, noms: Mapping[str, str]) -> Description:
    return _("Visite"), (_name_personne(fait.personne, noms), fait.lieu, fait.visiteur, fait.compte_rendu)


def _solvabilite(fait: f.SolvabiliteConstatee, noms: Mapping[str, str]) -> Description:
    avis = {True: _("solvable"), False: _("insolvable"), None: _("sans conclusion")}[fait.solvable]
    return _("Solvabilité : %s") % avis, (
        *(_name_personne(fait.personne, noms), fait.source, fait.texte),
        *(
            modele % " · ".join(dit.splitlines())
            for modele, dit in (
                (_("Banque : %s"), fait.banque),
                (_("Employeur : %s"), fait.employeur),
                (_("Biens : %s"), fait.biens),
            )
            if dit
        ),
    )


def _cedee(fait: f.CreanceCedee, numeros: Mapping[str, str]) -> Description:
    notifiee = _("Notifiée le %s") % jour(fait.notifiee_le) if fait.notifiee_le else _("Non notifiée au débiteur")
    conserve = _("Le créancier continue de recouvrer") if fait.recouvrement_conserve else ""
    return _("Créance cédée à %s") % fait.cessionnaire, (name_creances(fait.creances, numeros), notifiee, conserve)


def _renonciation(fait: f.RenonciationFaite, numeros: Mapping[str, str]) -> Description:
    combien = montant(fait.montant) if fait.montant is not None else _("tout ce qui est dû ce jour")
    titre = _("Abandon (%(poste)s) : %(combien)s") % {
        "poste": get_libelle(fait.poste.value).lower(),
        "combien": combien,
    }
    return titre, (fait.motif, name_creances(fait.creances, numeros))


# --- Decisions --------------------------------------------------------------------------------------------------------


def _jugement(fait: f.JugementRendu, numeros: Mapping[str, str]) -> Description:
    chefs = [
        _("%(montant)s : %(chef)s") % {"montant": montant(c.montant), "chef": c.libelle or _("somme principale")}
        for c in fait.chefs
    ]
    if fait.article_700:
        chefs.append(_("%s : article 700") % montant(fait.article_700))
    depens = _("Dépens : %s") % get_libelle(fait.depens.value).lower() if fait.depens else ""
    jugees = tuple(dict.fromkeys(cle for c in fait.chefs for cle in c.creances))
    return get_libelle(fait.nature.value), (
        " ".join(t for t in (fait.juridiction, fait.reference) if t),
        *chefs,
        depens,
        name_creances(jugees, numeros),
    )


def _signifie(fait: f.JugementSignifie, noms: Mapping[str, str]) -> Description:
    personnes = fait.personnes or (f.DEBITEUR,)
    return _("Décision signifiée"), (
        get_nom(noms, DECISION, fait.decision),
        *(_name_personne(cle, noms) for cle in personnes),
    )


def _aneantie(fait: f.DecisionAneantie, noms: Mapping[str, str]) -> Description:
    return _("Décision anéantie : %s") % get_libelle(fait.motif.value).lower(), (
        get_nom(noms, DECISION, fait.decision),
    )


def _majoration(fait: f.MajorationFixee, noms: Mapping[str, str]) -> Description:
    return _("Majoration laissée par le juge : %s point(s)") % format_exact(fait.points), (
        get_nom(noms, DECISION, fait.decision),
    )


# --- Costs ------------------------------------------------------------------------------------------------------------


def _frais(fait: f.FraisExpose, _numeros: Mapping[str, str]) -> Description:
    nature = get_libelle(fait.nature.value)
    titre = _("Frais : %(montant)s (%(nature)s)") % {"montant": montant(fait.montant), "nature": nature.lower()}
    return titre, (fait.libelle, fait.article)


def _frais_juges(fait: f.FraisMisACharge, noms: Mapping[str, str]) -> Description:
    titre = _("Frais mis par le juge à la charge de : %s") % get_libelle(fait.charge.value).lower()
    return titre, (", ".join(get_nom(noms, FRAIS, cle) for cle in fait.frais),)


def _avance(fait: f.AvanceVersee, _numeros: Mapping[str, str]) -> Description:
    rendue = _("%s remboursés") % montant(fait.remboursee) if fait.remboursee is not None else ""
    titre = _("Avance de %(montant)s à %(a)s") % {"montant": montant(fait.montant), "a": fait.a}
    return titre, (fait.libelle, rendue)


def _remboursement(fait: f.AvanceRemboursee, _numeros: Mapping[str, str]) -> Description:
    return _("Avance remboursée : %s") % montant(fait.montant), (fait.libelle,)


DESCRIPTIONS: dict[type[f.Fait], Callable[[Any, Mapping[str, str]], Description]] = {
    f.PersonneTenue: _tenue,
    f.PersonneDechargee: _dechargee,
    f.CautionInformee: _informee,
    f.PersonneEnProcedure: _en_procedure,
    f.SuspensionGarantsLevee: describe_texte(gettext_lazy("Les garants peuvent de nouveau être poursuivis"), "motif"),
    f.PersonneDecedee: _decedee,
    f.CessationActivite: _cessation,
    f.AdresseChangee: _adresse,
    f.VisiteFaite: _visite,
    f.SolvabiliteConstatee: _solvabilite,
    f.CreanceCedee: _cedee,
    f.RenonciationFaite: _renonciation,
    f.JugementRendu: _jugement,
    f.JugementSignifie: _signifie,
    f.DecisionExecutoire: _describe_decision(gettext_lazy("Décision exécutoire"), "motif"),
    f.DecisionAneantie: _aneantie,
    f.MajorationFixee: _majoration,
    f.FraisExpose: _frais,
    f.FraisMisACharge: _frais_juges,
    f.AvanceVersee: _avance,
    f.AvanceRemboursee: _remboursement,
}

ICONES = {
    "personne_tenue": ("user", "notes"),
    "personne_dechargee": ("x", "accords"),
    "caution_informee": ("mail", "messages"),
    "personne_en_procedure": ("gavel", "accords"),
    "suspension_garants_levee": ("gavel", "accords"),
    "personne_decedee": ("user", "notes"),
    "cessation_activite": ("ban", "notes"),
    "adresse_changee": ("map-pin", "notes"),
    "visite_faite": ("user", "messages"),
    "solvabilite_constatee": ("note", "notes"),
    "creance_cedee": ("file-invoice", "argent"),
    "renonciation_faite": ("receipt", "argent"),
    "jugement_rendu": ("gavel", "argent"),
    "jugement_signifie": ("certificate", "messages"),
    "decision_executoire": ("gavel", "argent"),
    "decision_aneantie": ("circle-x", "argent"),
    "majoration_fixee": ("percentage", "argent"),
    "frais_expose": ("cash", "argent"),
    "frais_mis_a_charge": ("gavel", "argent"),
    "avance_versee": ("cash", "argent"),
    "avance_remboursee": ("arrow-back-up", "argent"),
}
