"""The words of a letter that claims money, beyond those common to every act. `Dette` knows; this says."""

from __future__ import annotations

from collections.abc import Sequence

from exigible.actes.contexte import Contexte
from exigible.actes.controle import refuse_taux_provisoire
from exigible.actes.decompte.releve import build_releve
from exigible.actes.demande import Demande
from exigible.actes.document import Annexe, Sommes
from exigible.actes.lettre import build_paiement, list_adresse, list_contacts, list_destinataire
from exigible.actes.mise_en_demeure.dette import Dette
from exigible.actes.natures import Noms, find_noms
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.sommes import SommeReclamee
from exigible.actes.typst.texte import clean_texte, list_sans_doublon, write_phrase
from exigible.actes.vocabulaire.blocs import build_sommes
from exigible.actes.vocabulaire.parties import name_codebiteurs
from exigible.actes.vocabulaire.sommes import name_sommes
from exigible.dossier.faits import Reclamation
from exigible.dossier.texte import join_mots
from exigible.droit.argent import ZERO, format_montant, format_taux
from exigible.droit.erreurs import Avertissement
from exigible.droit.interets import LigneInterets
from exigible.droit.jours import format_jour
from exigible.droit.phrase import phrase, wrap_texte


def describe_dette(demande: Demande) -> Contexte:
    """Say what is claimed, announced, reserved, and what the user must know.

    Raises ErreurExigible (`acte_refuse`) when interest rests on a provisional rate, ErreurSaisie (`iban_invalide`).
    """
    dette = Dette(demande)
    refuse_taux_provisoire((*dette.lignes, *dette.lignes_annoncees), wrap_texte(demande.modele.titre))
    releve = build_releve(
        demande.etat, demande.sommes, annoncees=dette.lignes_annoncees, autres=dette.avertissements_cites
    )
    return Contexte(
        Vocabulaire(
            _list_valeurs(dette),
            _list_faits(dette),
            {
                "sommes": (_build_sommes(dette),),
                "annexe": (Annexe(write_phrase("Annexe — {titre}", titre=releve.titre), releve),),
            },
        ),
        preuves=_list_preuves(demande),
        avertissements=_list_avertissements(dette),
    )


def _list_valeurs(dette: Dette) -> dict[str, str]:
    demande = dette.demande
    annoncees = dette.lignes_annoncees
    legal = dette.taux_legal
    reservees = [clean_texte(somme.numero) for somme in demande.sommes if somme.reservee]
    return {
        "nombre": str(len(demande.sommes)),
        "dettes_impayees": _write_impayees(dette),
        "nom_interets": dette.nom_interets,
        "penalites_annoncees": format_montant(dette.penalites_annoncees),
        "indemnites_annoncees": format_montant(dette.indemnites_annoncees),
        "annoncees_au": format_jour(max(ligne.au for ligne in annoncees)) if annoncees else "",
        "annoncees_taux": write_taux(annoncees) if annoncees else "",
        "pour_les_factures_en_demeure": _introduce(dette, dette.deja_en_demeure),
        "pour_les_autres_factures": _introduce(dette, dette.jamais_en_demeure),
        "taux_legal": write_phrase(", actuellement {taux} l'an", taux=format_taux(legal.taux)) if legal else "",
        "factures_contestees": join_mots(reservees),
        "codebiteurs": name_codebiteurs(demande.etat),
    }


def _list_faits(dette: Dette) -> dict[str, bool]:
    demande = dette.demande
    legal = dette.interet_legal
    return {
        "rappelee": dette.rappelee,
        "entamee": dette.entamee,
        "part_seule": any(somme.entier for somme in demande.sommes),
        "penalites_annoncees": dette.penalites_annoncees > 0,
        "indemnites_annoncees": dette.indemnites_annoncees > 0,
        "penalites_courent": dette.de_plein_droit and demande.etat.penalites is not Reclamation.RENONCER,
        "interet_legal_court": legal and bool(dette.deja_en_demeure),
        "premiere_mise_en_demeure": legal and bool(dette.jamais_en_demeure),
        "tentative_amiable": dette.tentative_amiable,
        "bail_commercial": any(s.etat.creance.nature == "loyer_commercial" for s in demande.sommes),
        "partie_contestee": any(somme.reservee for somme in demande.sommes),
    }


def _list_preuves(demande: Demande) -> dict[str, tuple[str, ...]]:
    """What `mentions.toml` names and that is several texts: all of them must be found."""
    creancier, debiteur = demande.etat.creancier.description, demande.etat.debiteur
    echeances = [(s, s.etat.creance.echeance) for s in demande.sommes]
    return {
        "factures": tuple(
            texte
            for somme, echeance in echeances
            for texte in (
                clean_texte(somme.numero),
                format_jour(echeance) if echeance else "",
                format_montant(somme.principal),
            )
        ),
        "coordonnees_du_creancier": (*list_adresse(creancier.adresse), *list_contacts(creancier)),
        "destinataire": list_destinataire(debiteur),
        "contacts": list_contacts(creancier),
    }


def _build_sommes(dette: Dette) -> Sommes:
    demande = dette.demande
    interets, indemnites = _write_detail_interets(dette), _write_detail_indemnites(dette)
    return build_sommes(demande, "Total à payer", _write_detail_principal(demande), interets, indemnites)


def _write_detail_principal(demande: Demande) -> str:
    noms = find_noms(demande.etat, demande.sommes)
    return write_phrase(
        "{principal}, sur {quoi} ci-dessus", principal=noms.principal, quoi=_count(noms, demande.sommes)
    )


def _count(noms: Noms, sommes: Sequence[SommeReclamee]) -> str:
    """`la facture`, `les 2 factures`."""
    if len(sommes) == 1:
        return noms.une
    return write_phrase(noms.plusieurs.replace("les ", "les {n} "), n=str(len(sommes)))


def _write_impayees(dette: Dette) -> str:
    """`les 2 factures désignées ci-dessous, arrivées à échéance, leur date d'exigibilité, restent impayées`."""
    sommes = dette.demande.sommes
    noms, nombre = find_noms(dette.demande.etat, sommes), len(sommes)
    feminin, quoi = noms.feminin, _count(noms, sommes)
    e, s = "e" if feminin else "", "" if nombre == 1 else "s"
    if dette.entamee:
        etat = "n'est pas entièrement réglé{e}" if nombre == 1 else "ne sont pas entièrement réglé{e}s"
    else:
        etat = "reste impayé{e}" if nombre == 1 else "restent impayé{e}s"
    return write_phrase(
        "{quoi} désigné{e}{s} ci-dessous, arrivé{e}{s} à échéance, {date} d'exigibilité, {etat}",
        quoi=quoi,
        date="sa date" if nombre == 1 else "leur date",
        e=e,
        s=s,
        etat=write_phrase(etat, e=e),
    )


def _write_detail_interets(dette: Dette) -> str:
    """From when to when, at what rate, under which article."""
    lignes = dette.lignes
    if not lignes:
        return ""
    courus = sum((ligne.montant for ligne in lignes), ZERO)
    return write_phrase(
        "Du {du} au {au}, {taux} ({article}){imputes}",
        du=format_jour(min(ligne.du for ligne in lignes)),
        au=format_jour(max(ligne.au for ligne in lignes)),
        taux=write_taux(lignes),
        article=join_mots(list_sans_doublon([ligne.article for ligne in lignes])),
        imputes="" if courus == dette.demande.totaux.interets else ", déduction faite des paiements imputés",
    )


def _write_detail_indemnites(dette: Dette) -> str:
    """How many times 40 €, under which article."""
    montants = [somme.indemnites for somme in dette.demande.sommes if somme.indemnites > 0]
    article = "CCP D2192-35" if dette.public else "C. com. L441-10 II et D441-5"
    if any(somme.entier for somme in dette.demande.sommes):
        return write_phrase("Votre part de l'indemnité de 40 € par facture ({article})", article=article)
    if len(set(montants)) != 1:
        return write_phrase("Solde pour {n} factures ({article})", n=str(len(montants)), article=article)
    return write_phrase(
        "{unite} × {n} {factures} ({article})",
        unite=format_montant(montants[0]),
        n=str(len(montants)),
        factures="facture" if len(montants) == 1 else "factures",
        article=article,
    )


def write_taux(lignes: Sequence[LigneInterets]) -> str:
    """The rates of some lines, in the order of time."""
    ordonnees = sorted(lignes, key=lambda ligne: (ligne.du, ligne.taux))
    taux = list_sans_doublon([format_taux(ligne.taux) for ligne in ordonnees])
    if len(taux) == 1:
        return write_phrase("au taux de {taux} l'an", taux=taux[0])
    return write_phrase("aux taux annuels de {taux} selon la période", taux=join_mots(taux))


def _introduce(dette: Dette, sommes: Sequence[SommeReclamee]) -> str:
    """`Pour les factures A et B`, nothing when there is none."""
    return f"Pour {name_sommes(dette.demande.etat, sommes)}" if sommes else ""


def _list_avertissements(dette: Dette) -> tuple[Avertissement, ...]:
    """What the person who approves must know, beside what the statement already says."""
    demande = dette.demande
    etat = demande.etat
    du_paiement: tuple[Avertissement, ...] = ()
    if not etat.creancier.ibans:
        _, du_paiement = build_paiement(etat.creancier, demande.totaux.total, demande.reference)
    suspensions = [
        Avertissement(
            "creance_suspendue",
            phrase("Facture {numero} : {raison}", numero=numero, raison=suspension.phrase),
            {"numero": numero},
        )
        for somme in demande.sommes
        for numero in (clean_texte(somme.numero),)
        for suspension in somme.etat.suspensions
    ]
    return (*du_paiement, *etat.regime.avertissements, *dette.avertissements_cites, *suspensions)
