"""From the state of a dossier to the letter as plain data."""

from __future__ import annotations

from collections.abc import Sequence

from exigible.actes.decompte.releve import build_releve
from exigible.actes.donnees_personnelles import write_donnees
from exigible.actes.lettre import (
    Etiquette,
    Lettre,
    LigneFacture,
    LigneSomme,
    build_entete,
    build_paiement,
    list_destinataire,
)
from exigible.actes.mise_en_demeure.parametres import DELAI_CONSOMMATEUR, DELAI_PROFESSIONNEL, Demande
from exigible.actes.mise_en_demeure.redaction import (
    MODES,
    OBJET,
    write_cloture,
    write_detail_indemnites,
    write_detail_interets,
    write_ordre,
    write_ouverture,
    write_suites,
)
from exigible.actes.sommes import SommeReclamee, compute_sommes_du_debiteur, focus_debiteur
from exigible.actes.typst.texte import clean_texte, format_date_longue, list_sans_doublon, write_phrase
from exigible.dossier.etat import EtatDossier
from exigible.dossier.faits import ModeEnvoi
from exigible.dossier.faits_creancier import CreancierDecrit
from exigible.droit.argent import format_montant
from exigible.droit.erreurs import Avertissement, ErreurBareme, ErreurSaisie
from exigible.droit.interets import Regime, RegleInterets, TauxApplicable, compute_taux
from exigible.droit.jours import format_jour
from exigible.droit.phrase import phrase
from exigible.droit.regimes import QualitePartie

_DELAI_MAX = 365


def build_demande(
    etat: EtatDossier,
    creances: Sequence[str],
    *,
    reference: str = "",
    canal: ModeEnvoi = ModeEnvoi.LRAR,
    delai_jours: int | None = None,
) -> Demande:
    """Gather what the letter says. Raises ErreurSaisie (`creance_inconnue`, `creances_absentes`, `delai_invalide`).

    Without `reference`, the debtor's account code, else the first invoice number. Without `delai_jours`, 8 days for a
    professional or a public buyer, 15 for anybody else.
    """
    if not creances:
        raise ErreurSaisie("creances_absentes", phrase("Choisissez au moins une facture à réclamer."), "creances")
    particulier = etat.debiteur.qualite in {QualitePartie.CONSOMMATEUR, QualitePartie.NON_PROFESSIONNEL}
    defaut = DELAI_CONSOMMATEUR if particulier else DELAI_PROFESSIONNEL
    delai = defaut if delai_jours is None else delai_jours
    if not 1 <= delai <= _DELAI_MAX:
        raise ErreurSaisie(
            "delai_invalide",
            phrase(
                "Un délai de {delai} jours ne convient pas : indiquez de 1 à {maximum} jours.",
                delai=delai,
                maximum=_DELAI_MAX,
            ),
            "delai_jours",
        )
    sommes = compute_sommes_du_debiteur(etat, creances)
    numeros = [somme.numero for somme in sommes]
    return Demande(
        etat=focus_debiteur(etat),
        sommes=sommes,
        reference=clean_texte(reference or etat.debiteur.code or next(iter(numeros), "")),
        canal=canal,
        delai_jours=delai,
        taux_legal=find_taux_legal(etat),
    )


def find_taux_legal(etat: EtatDossier) -> TauxApplicable | None:
    """The legal rate in force on the day of the letter; None under another regime or beyond the known dates."""
    if etat.regime.regime is not Regime.LEGAL:
        return None
    regle = RegleInterets(Regime.LEGAL, depart=etat.au, creancier=etat.creancier.description.qualite)
    try:
        return compute_taux(regle, etat.au)
    except ErreurBareme:
        # A table that has ended never stops a letter: it then says « au taux légal » without a figure.
        return None


def build_lettre(demande: Demande, logo: bytes | None = None) -> tuple[Lettre, tuple[Avertissement, ...]]:
    """The letter, and what the user must know about it. Raises ErreurSaisie (`iban_invalide`, `logo_*`)."""
    etat = demande.etat
    creancier = etat.creancier.description
    entete = build_entete(creancier, logo)
    destinataire = list_destinataire(etat.debiteur)
    total = demande.totaux.total
    paiement, avertissements = build_paiement(etat.creancier, total, demande.reference)
    titre = write_phrase("{objet} – {nom} – {reference}", objet=OBJET, nom=destinataire[0], reference=demande.reference)
    return Lettre(
        titre=titre,
        auteur=entete.nom,
        pied=write_phrase("{nom} · référence {reference}", nom=entete.nom, reference=demande.reference),
        entete=entete,
        destinataire=destinataire,
        etiquettes=_list_etiquettes(demande),
        lieu_date=_write_lieu_date(demande, creancier),
        objet=OBJET,
        appel="Madame, Monsieur,",
        ouverture=write_ouverture(demande),
        factures=tuple(_print_facture(somme) for somme in demande.sommes),
        total_factures=format_montant(demande.totaux.principal),
        ordre=write_ordre(demande),
        sommes=_list_sommes(demande),
        total=LigneSomme("Total à payer", "", format_montant(total)),
        suites=write_suites(demande),
        paiement=paiement,
        cloture=write_cloture(demande),
        signature=list_sans_doublon(
            (clean_texte(creancier.signataire), clean_texte(creancier.fonction), entete.nom),
        ),
        donnees=write_donnees(demande.etat),
        annexe=build_releve(
            etat, demande.sommes, annoncees=demande.lignes_annoncees, autres=demande.avertissements_cites
        ),
    ), avertissements


def _list_etiquettes(demande: Demande) -> tuple[Etiquette, ...]:
    code = clean_texte(demande.etat.debiteur.code)
    paires = [Etiquette("Envoi", MODES[demande.canal]), Etiquette("Nos références", demande.reference)]
    if code and code != demande.reference:
        paires.append(Etiquette("Votre compte", code))
    return tuple(paires)


def _write_lieu_date(demande: Demande, creancier: CreancierDecrit) -> str:
    jour = format_date_longue(demande.etat.au)
    ville = clean_texte(creancier.adresse.ville)
    return f"{ville}, le {jour}" if ville else f"Le {jour}"


def _print_facture(somme: SommeReclamee) -> LigneFacture:
    creance = somme.etat.creance
    numero, libelle = clean_texte(creance.numero), clean_texte(creance.libelle)
    return LigneFacture(
        numero=numero,
        libelle="" if libelle == numero else libelle,
        emission=format_jour(creance.emission),
        echeance=format_jour(creance.echeance) if creance.echeance else "",
        montant=format_montant(creance.montant),
        reste=format_montant(somme.principal),
    )


def _list_sommes(demande: Demande) -> tuple[LigneSomme, ...]:
    totaux = demande.totaux
    lignes = [LigneSomme("Principal", _write_detail_principal(demande), format_montant(totaux.principal))]
    if totaux.interets > 0:
        nature = "Pénalités de retard" if demande.de_plein_droit else "Intérêts au taux légal"
        if demande.public:
            nature = "Intérêts moratoires"
        lignes.append(LigneSomme(nature, write_detail_interets(demande), format_montant(totaux.interets)))
    if totaux.indemnites > 0:
        detail = write_detail_indemnites(demande)
        lignes.append(LigneSomme("Indemnité forfaitaire de recouvrement", detail, format_montant(totaux.indemnites)))
    if totaux.frais > 0:
        lignes.append(LigneSomme("Frais", "", format_montant(totaux.frais)))
    return tuple(lignes)


def _write_detail_principal(demande: Demande) -> str:
    nombre = len(demande.sommes)
    if nombre == 1:
        return "Reste dû, toutes taxes comprises, sur la facture ci-dessus"
    return write_phrase("Reste dû, toutes taxes comprises, sur les {n} factures ci-dessus", n=str(nombre))
