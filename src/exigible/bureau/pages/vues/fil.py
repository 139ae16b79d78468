"""The journal of a dossier as a timeline: each entry in words, with its proof and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exigible.bureau.pages.formulaires.registre import SORTE_PAR_TYPE
from exigible.bureau.pages.libelles import get_libelle
from exigible.bureau.pages.noms import PERSONNE, name_tous
from exigible.bureau.pages.templatetags.exigible import jour, montant
from exigible.bureau.pages.vues.fil_mandats import DESCRIPTIONS_MANDATS, ICONES_MANDATS
from exigible.bureau.pages.vues.fil_obliges import DESCRIPTIONS, ICONES, Description, describe_texte, name_creances
from exigible.bureau.pages.vues.fil_procedures import DESCRIPTIONS_PROCEDURES, ICONES_PROCEDURES, name_procedures
from exigible.bureau.phrases import translate_phrase
from exigible.dossier import faits as f
from exigible.dossier.conseil.criteres import LIBELLES_PIECES
from exigible.dossier.journal import FaitEfface, FaitInconnu, Inscription, get_type
from exigible.droit.argent import ZERO

__all__ = ["GROUPES", "Entree", "list_entrees", "name_creances"]

GROUPES = {
    "argent": gettext_lazy("Factures et paiements"),
    "messages": gettext_lazy("Relances et courriers"),
    "accords": gettext_lazy("Promesses et litiges"),
    "procedures": gettext_lazy("Procédures"),
    "notes": gettext_lazy("Notes et pièces"),
}


@dataclass(frozen=True)
class Entree:
    """An entry as the timeline shows it. `par` is the rank of the entry that replaced or cancelled it."""

    rang: int
    jour: date
    icone: str
    groupe: str
    titre: str
    details: tuple[str, ...]
    piece: str
    auteur: str
    enregistre_le: datetime | None
    corrige: int | None
    par: int | None
    annulee: bool
    sorte: str

    @property
    def tient(self) -> bool:
        """Whether it still holds."""
        return self.par is None

    @property
    def annulable(self) -> bool:
        """Whether it may be cancelled: it holds, and the dossier still knows its debtor without it."""
        return self.tient and self.rang != 1


def list_entrees(inscriptions: Sequence[Inscription], numeros: Mapping[str, str], groupe: str = "") -> list[Entree]:
    """The entries, newest first by effect day, of one kind or all."""
    sorts = _find_sorts(inscriptions)
    noms = {**numeros, **name_procedures(inscriptions), **name_tous(inscriptions)}
    entrees = (_describe(inscription, noms, sorts) for inscription in inscriptions)
    return sorted(
        (e for e in entrees if groupe not in GROUPES or e.groupe == groupe),
        key=lambda e: (e.jour, e.rang),
        reverse=True,
    )


def _find_sorts(inscriptions: Iterable[Inscription]) -> dict[int, tuple[int, bool]]:
    """For each entry that no longer holds: who replaced it, and whether it was cancelled (same rule as the fold)."""
    sorts: dict[int, tuple[int, bool]] = {}
    for inscription in sorted(inscriptions, key=lambda i: i.rang, reverse=True):
        annulee = sorts.get(inscription.rang, (0, False))[1]
        if inscription.corrige is not None and not annulee:
            annule = isinstance(inscription.fait, f.FaitAnnule)
            if annule or inscription.corrige not in sorts:
                sorts[inscription.corrige] = (inscription.rang, annule)
    return sorts


def _describe(inscription: Inscription, numeros: Mapping[str, str], sorts: Mapping[int, tuple[int, bool]]) -> Entree:
    fait = inscription.fait
    type_ = fait.type if isinstance(fait, FaitEfface | FaitInconnu) else get_type(fait)
    if isinstance(fait, FaitEfface):
        titre, details = (
            _("Contenu effacé"),
            (_("Effacé à la fin de sa durée de conservation ; son empreinte demeure."),),
        )
    elif isinstance(fait, FaitInconnu):
        titre, details = _("Fait d’un type inconnu"), (type_,)
    else:
        titre, details = _DESCRIPTIONS[type(fait)](fait, numeros)
    icone, groupe = _ICONES.get(type_, ("note", "notes"))
    par, annulee = sorts.get(inscription.rang, (None, False))
    return Entree(
        rang=inscription.rang,
        jour=inscription.date_effet,
        icone=icone,
        groupe=groupe,
        titre=titre,
        details=tuple(d for d in details if d),
        piece=str(getattr(fait, "piece", "")),
        auteur=inscription.auteur,
        enregistre_le=inscription.enregistre_le,
        corrige=inscription.corrige,
        par=par,
        annulee=annulee,
        sorte=SORTE_PAR_TYPE.get(type_, ""),
    )


def _debiteur(fait: f.DebiteurDecrit, _numeros: Mapping[str, str]) -> Description:
    adresse = ", ".join([*fait.adresse.lignes, f"{fait.adresse.code_postal} {fait.adresse.ville}".strip()])
    return _("Débiteur décrit : %s") % fait.nom, (get_libelle(fait.qualite.value), adresse.strip(", "), fait.courriel)


def _creance(fait: f.CreanceNee, _numeros: Mapping[str, str]) -> Description:
    echeance = _("Échéance : %s") % jour(fait.echeance) if fait.echeance else _("Échéance inconnue")
    titre = _("Facture %(numero)s de %(montant)s") % {"numero": fait.numero, "montant": montant(fait.montant)}
    return titre, (echeance, fait.libelle)


def _avoir(fait: f.AvoirEmis, numeros: Mapping[str, str]) -> Description:
    sur = name_creances((fait.creance,), numeros) if fait.creance else _("Sur l’ensemble du compte")
    return _("Avoir %(numero)s de %(montant)s") % {"numero": fait.numero, "montant": montant(fait.montant)}, (sur,)


def _paiement(fait: f.PaiementRecu, numeros: Mapping[str, str]) -> Description:
    par = numeros.get(f"{PERSONNE}{fait.payeur}", fait.payeur)
    return _("Paiement reçu : %s") % montant(fait.montant), (
        _("Payé par %s") % par if par else "",
        fait.moyen.capitalize(),
        fait.libelle,
        name_creances(fait.creances, numeros),
        fait.provenance,
        _("Reçu pour le créancier, à lui reverser") if fait.detenteur is f.Detenteur.RECOUVREUR else "",
    )


def _rejet(fait: f.PaiementRejete, _numeros: Mapping[str, str]) -> Description:
    return _("Paiement rejeté"), (fait.motif,)


def _reclamation(fait: f.ReclamationDecidee, _numeros: Mapping[str, str]) -> Description:
    regle = _("Règle du créancier")
    return _("Pénalités et indemnité décidées"), (
        _("Pénalités : %s") % (get_libelle(fait.penalites.value) if fait.penalites else regle),
        _("Indemnité de 40 € : %s") % (get_libelle(fait.indemnite.value) if fait.indemnite else regle),
        fait.motif,
    )


def _relance(fait: f.RelanceFaite, numeros: Mapping[str, str]) -> Description:
    anterieure = _("Avant la reprise dans Exigible") if fait.anterieure else ""
    titre = _("%(etape)s par %(canal)s") % {
        "etape": get_libelle(fait.etape.value),
        "canal": get_libelle(fait.canal.value).lower(),
    }
    return titre, (name_creances(fait.creances, numeros), fait.destinataire, anterieure)


def _appel(fait: f.AppelPasse, numeros: Mapping[str, str]) -> Description:
    titre = _("Appel : %s") % get_libelle(fait.issue.value).lower()
    return titre, (fait.interlocuteur, fait.compte_rendu, name_creances(fait.creances, numeros))


def _approuve(fait: f.CourrierApprouve, numeros: Mapping[str, str]) -> Description:
    return _("Courrier approuvé : %s") % get_libelle(fait.acte).lower(), (
        _("%(montant)s réclamés, %(delai)s jours pour payer")
        % {"montant": montant(fait.montant), "delai": fait.delai_jours},
        name_creances(fait.creances, numeros),
        _("Empreinte SHA-256 : %s…") % fait.piece[:16],
    )


def _poste(fait: f.CourrierPoste, numeros: Mapping[str, str]) -> Description:
    anterieur = _("Avant la reprise dans Exigible") if fait.anterieur else ""
    numero = _("Numéro %s") % fait.numero if fait.numero else ""
    titre = _("Courrier posté : %s") % get_libelle(fait.acte).lower()
    return titre, (get_libelle(fait.mode.value), numero, name_creances(fait.creances, numeros), anterieur)


def _sort(titre: Any) -> Callable[[Any, Mapping[str, str]], Description]:
    """The description of what became of a letter."""

    def describe(fait: Any, _numeros: Mapping[str, str]) -> Description:
        presente = getattr(fait, "presente_le", None)
        return str(titre), (
            _("Première présentation le %s") % jour(presente) if presente else "",
            getattr(fait, "motif", ""),
        )

    return describe


def _promesse(fait: f.PromesseRecue, numeros: Mapping[str, str]) -> Description:
    combien = montant(fait.montant) if fait.montant is not None else _("la totalité")
    titre = _("Promesse de payer %(combien)s au plus tard le %(jour)s") % {
        "combien": combien,
        "jour": jour(fait.jusqu_au),
    }
    return titre, (fait.commentaire, name_creances(fait.creances, numeros))


def _contestation(fait: f.ContestationRecue, numeros: Mapping[str, str]) -> Description:
    part = _("Part contestée : %s") % montant(fait.montant) if fait.montant is not None else ""
    return _("Contestation reçue"), (fait.motif, part, name_creances(fait.creances, numeros))


def _contestation_close(fait: f.ContestationClose, _numeros: Mapping[str, str]) -> Description:
    return _("Contestation close : %s") % get_libelle(fait.issue.value).lower(), (fait.commentaire,)


def _plan(fait: f.PlanConvenu, numeros: Mapping[str, str]) -> Description:
    total = sum((e.montant for e in fait.echeances), ZERO)
    derniere = max((e.jour for e in fait.echeances), default=None)
    return _("Plan de paiement : %(total)s en %(nombre)s fois") % {
        "total": montant(total),
        "nombre": len(fait.echeances),
    }, (
        _("Dernière échéance le %s") % jour(derniere),
        _("Signé par le débiteur") if fait.signe_par_debiteur else "",
        name_creances(fait.creances, numeros),
    )


def _plan_mis_en_demeure(fait: f.PlanMisEnDemeure, _numeros: Mapping[str, str]) -> Description:
    recue = _("Reçue le %s") % jour(fait.recue_le) if fait.recue_le else _("Réception à indiquer")
    if fait.courrier and not fait.recue_le:
        recue = _("Le délai court de la présentation de la lettre")
    return _("Mise en demeure d’un plan en retard"), (_("%s jours pour payer") % fait.delai_jours, recue)


def _suspension(fait: f.SuspensionDecidee, numeros: Mapping[str, str]) -> Description:
    fin = _("Jusqu’au %s") % jour(fait.jusqu_au) if fait.jusqu_au else _("Jusqu’à nouvel ordre")
    return _("Ne pas relancer"), (fait.motif, fin, name_creances(fait.creances, numeros))


def _collective(fait: f.ProcedureCollectiveOuverte, _numeros: Mapping[str, str]) -> Description:
    publication = _("Publiée au Bodacc le %s") % jour(fait.publication) if fait.publication else ""
    return _("Procédure collective : %s") % fait.nature, (publication, fait.mandataire)


def _statut(fait: f.StatutFactureRecu, _numeros: Mapping[str, str]) -> Description:
    titre = _("Statut de la facture %(numero)s : %(statut)s") % {"numero": fait.numero, "statut": fait.libelle.lower()}
    return titre, (
        _("Code %s du cycle de vie") % fait.code if fait.code else "",
        " ; ".join(texte or code for code, texte in fait.motifs),
        _("Montant dit encaissé : %s") % montant(fait.montant) if fait.montant is not None else "",
        _("Encaissé le %s") % jour(fait.encaisse_le) if fait.encaisse_le else "",
        _("Dit par %s") % fait.emetteur if fait.emetteur else "",
        fait.provenance,
    )


def _rejet_signale(fait: f.RejetSignale, _numeros: Mapping[str, str]) -> Description:
    return _("Refus de prélèvement signalé par la banque"), (
        fait.motif,
        montant(fait.montant) if fait.montant is not None else "",
        fait.reference,
        fait.mandat,
        fait.provenance,
    )


def _report(fait: f.ActionReportee, numeros: Mapping[str, str]) -> Description:
    titre = _("%(etape)s : action reportée au %(jour)s") % {
        "etape": get_libelle(fait.etape.value),
        "jour": jour(fait.jusqu_au),
    }
    return titre, (fait.motif, name_creances(fait.creances, numeros))


def _ignoree(fait: f.ActionIgnoree, numeros: Mapping[str, str]) -> Description:
    titre = _("%s : action écartée") % get_libelle(fait.etape.value)
    return titre, (fait.motif, name_creances(fait.creances, numeros))


def _piece(fait: f.PieceJointe, numeros: Mapping[str, str]) -> Description:
    nature = capfirst(translate_phrase(LIBELLES_PIECES[fait.nature])) if fait.nature else ""
    signature = _("signée par le débiteur") if fait.signee else ""
    details = (nature, str(signature), fait.description, name_creances(fait.creances, numeros))
    return _("Pièce jointe : %s") % fait.nom, details


def _acte_produit(fait: f.ActeProduit, numeros: Mapping[str, str]) -> Description:
    texte = _("Votre texte, version %s") % fait.version_texte if fait.version_texte else ""
    somme = montant(fait.montant) if fait.montant else ""
    details = (somme, name_creances(fait.creances, numeros), texte, " ; ".join(fait.derogations))
    return _("Document produit : %s") % fait.titre, details


def _dossier_efface(fait: f.DossierEfface, _numeros: Mapping[str, str]) -> Description:
    titre = _("Contenus effacés : %(faits)s") % {"faits": fait.faits}
    conserve = _("Conservés jusqu’au %(jour)s, puis effacés (C. com. L123-22 ; RGPD, art. 5).")
    return titre, (conserve % {"jour": jour(fait.conserve_jusqu_au)},)


_DESCRIPTIONS: dict[type[f.Fait], Callable[[Any, Mapping[str, str]], Description]] = {
    f.DebiteurDecrit: _debiteur,
    f.CreanceNee: _creance,
    f.AvoirEmis: _avoir,
    f.PaiementRecu: _paiement,
    f.PaiementRejete: _rejet,
    f.ReclamationDecidee: _reclamation,
    f.RelanceFaite: _relance,
    f.AppelPasse: _appel,
    f.CourrierApprouve: _approuve,
    f.CourrierAnnule: describe_texte(gettext_lazy("Courrier annulé"), "motif"),
    f.CourrierPoste: _poste,
    f.CourrierPresente: _sort(gettext_lazy("Courrier présenté")),
    f.CourrierRecu: _sort(gettext_lazy("Courrier reçu contre signature")),
    f.CourrierRefuse: _sort(gettext_lazy("Courrier refusé par le destinataire")),
    f.CourrierNonReclame: _sort(gettext_lazy("Courrier non réclamé")),
    f.CourrierNonDistribue: _sort(gettext_lazy("Courrier non distribué")),
    f.PromesseRecue: _promesse,
    f.ContestationRecue: _contestation,
    f.ContestationClose: _contestation_close,
    f.PlanConvenu: _plan,
    f.PlanMisEnDemeure: _plan_mis_en_demeure,
    f.PlanRompu: describe_texte(gettext_lazy("Plan de paiement rompu"), "motif"),
    f.SuspensionDecidee: _suspension,
    f.SuspensionLevee: describe_texte(gettext_lazy("Relances reprises"), "motif"),
    f.ProcedureCollectiveOuverte: _collective,
    f.SurendettementRecevable: describe_texte(gettext_lazy("Dossier de surendettement recevable"), "commission"),
    f.ActionReportee: _report,
    f.ActionIgnoree: _ignoree,
    f.NoteAjoutee: describe_texte(gettext_lazy("Note"), "texte"),
    f.PieceJointe: _piece,
    f.ActeProduit: _acte_produit,
    f.StatutFactureRecu: _statut,
    f.RejetSignale: _rejet_signale,
    f.SignalEcarte: describe_texte(gettext_lazy("Signal écarté"), "motif"),
    f.DossierEfface: _dossier_efface,
    f.FaitAnnule: describe_texte(gettext_lazy("Inscription annulée"), "motif"),
    **DESCRIPTIONS,
    **DESCRIPTIONS_PROCEDURES,
    **DESCRIPTIONS_MANDATS,
}

_ICONES = {
    "debiteur_decrit": ("user", "notes"),
    "creance_nee": ("file-invoice", "argent"),
    "statut_facture_recu": ("info-circle", "argent"),
    "rejet_signale": ("alert-triangle", "argent"),
    "signal_ecarte": ("ban", "accords"),
    "avoir_emis": ("receipt", "argent"),
    "paiement_recu": ("cash", "argent"),
    "paiement_rejete": ("circle-x", "argent"),
    "reclamation_decidee": ("percentage", "argent"),
    "relance_faite": ("mail", "messages"),
    "appel_passe": ("phone", "messages"),
    "courrier_approuve": ("signature", "messages"),
    "courrier_annule": ("x", "messages"),
    "courrier_poste": ("mailbox", "messages"),
    "courrier_presente": ("bell", "messages"),
    "courrier_recu": ("circle-check", "messages"),
    "courrier_refuse": ("hand-stop", "messages"),
    "courrier_non_reclame": ("inbox", "messages"),
    "courrier_non_distribue": ("map-pin", "messages"),
    "promesse_recue": ("heart-handshake", "accords"),
    "contestation_recue": ("message-circle", "accords"),
    "contestation_close": ("checks", "accords"),
    "plan_convenu": ("calendar-event", "accords"),
    "plan_mis_en_demeure": ("certificate", "accords"),
    "plan_rompu": ("calendar-x", "accords"),
    "suspension_decidee": ("bell-off", "accords"),
    "suspension_levee": ("bell", "accords"),
    "procedure_collective_ouverte": ("gavel", "accords"),
    "surendettement_recevable": ("shield", "accords"),
    "action_reportee": ("clock-pause", "messages"),
    "action_ignoree": ("ban", "messages"),
    "note_ajoutee": ("note", "notes"),
    "piece_jointe": ("paperclip", "notes"),
    "dossier_efface": ("ban", "notes"),
    "fait_annule": ("arrow-back-up", "notes"),
    **ICONES,
    **ICONES_PROCEDURES,
    **ICONES_MANDATS,
}
