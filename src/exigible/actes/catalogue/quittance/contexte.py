"""What a receipt says of the payment: what it paid, and what is still owed after it."""

from __future__ import annotations

from collections.abc import Mapping

from exigible.actes.contexte import Contexte
from exigible.actes.demande import Demande
from exigible.actes.document import Bloc, Signatures, Tableau
from exigible.actes.lettre import Entete, list_adresse
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.typst.texte import clean_texte, write_en_lettres, write_phrase
from exigible.actes.vocabulaire.parties import name_codebiteurs, write_adresse
from exigible.actes.vocabulaire.recouvreur import write_lieu_date
from exigible.dossier.etat import EtatDossier
from exigible.dossier.faits import CreanceNee, RolePersonne
from exigible.dossier.obligation.etat import EtatPersonne
from exigible.dossier.obligation.lignes import list_lignes_du_compte
from exigible.dossier.texte import join_mots
from exigible.droit.argent import ZERO, format_montant
from exigible.droit.imputation import Imputation
from exigible.droit.jours import format_jour

_LOYER = "loyer_habitation"
_MOYENS = {"cheque": "chèque", "prelevement": "prélèvement", "carte": "carte bancaire", "especes": "espèces"}


def build_contexte(demande: Demande, commun: Vocabulaire) -> Contexte:
    """Describe the payment chosen; none chosen yet: its place is left to be filled in."""
    decompte = demande.etat.decompte
    versement = next((v for v in demande.etat.base.versements if v.cle == demande.reponses.get("paiement")), None)
    payees = {i.creance for i in decompte.imputations if versement is not None and i.versement == versement.cle}
    moyen, trou = _find_moyen(demande, commun), commun.valeurs["paiement"]
    loyer = any(c.creance.nature == _LOYER for c in demande.etat.creances if c.cle in payees)
    partiel = any(s.principal_restant > ZERO for s in decompte.soldes if s.cle in payees)
    recu = "reçu" if loyer and partiel else "quittance"
    payeur = _find_payeur(demande)
    valeurs = {
        "recu": recu,
        "codebiteurs": _name_liberes(demande, payeur),
        "titre_du_recu": f"{recu.capitalize()} de loyer" if loyer else recu.capitalize(),
        "paiement_montant": format_montant(versement.montant) if versement else trou,
        "paiement_en_lettres": write_en_lettres(versement.montant) if versement else trou,
        "paiement_jour": format_jour(versement.date) if versement else trou,
        "par_moyen": _write_payeur(payeur) + _write_moyen(moyen),
        "reste": format_montant(decompte.total_du),
        "reste_principal": format_montant(decompte.principal),
        "reste_interets": format_montant(decompte.interets),
        "reste_indemnites": format_montant(decompte.indemnites),
    }
    faits = {
        "impute": bool(payees),
        "solde": decompte.total_du > ZERO,
        "interets_dus": decompte.interets > ZERO,
        "indemnites_dues": decompte.indemnites > ZERO,
        "loyer": loyer,
        "partiel": partiel,
        "recouvre": demande.etat.creancier.convention is not None,
        "debiteur_immatricule": commun.faits["debiteur_immatricule"] and payeur is None,
    }
    signature, entete = _find_qui_recoit(demande, commun)
    if entete is not None:
        valeurs["lieu_date"] = write_lieu_date(entete.coordonnees, commun.valeurs["date"])
    blocs: dict[str, tuple[Bloc, ...]] = {
        "imputations": build_imputations(demande, versement.cle if versement else ""),
        "signature_de_qui_recoit": signature,
    }
    return Contexte(
        destinataire=(clean_texte(payeur.nom), *list_adresse(payeur.adresse)) if payeur else (),
        vocabulaire=Vocabulaire(valeurs, {**faits, "du_recouvreur": entete is not None}, blocs),
        entete=entete,
        conformite={
            "decompte.interets_dus_apres": decompte.interets,
            **({"creance.nature": _LOYER} if loyer else {}),
        },
    )


def propose_reponses(etat: EtatDossier) -> Mapping[str, str]:
    """The dwelling, where the tenant lives."""
    if not any(c.creance.nature == _LOYER for c in etat.creances):
        return {}
    return {"logement": write_adresse(etat.debiteur.adresse)}


def _find_payeur(demande: Demande) -> EtatPersonne | None:
    """Who paid in the debtor's place: the receipt goes to him."""
    cle = dict(demande.etat.payeurs).get(str(demande.reponses.get("paiement")))
    autres = [p for p in demande.etat.personnes if p.role is not RolePersonne.DEBITEUR]
    return next((p for p in autres if p.cle == cle), None)


def _name_liberes(demande: Demande, payeur: EtatPersonne | None) -> str:
    """The joint and several debtors, less the one who paid (C. civ. 1313)."""
    if payeur is None:
        return name_codebiteurs(demande.etat)
    tenus = (RolePersonne.DEBITEUR, RolePersonne.CODEBITEUR_SOLIDAIRE)
    autres = [p for p in demande.etat.personnes if p.role in tenus and p.cle != payeur.cle]
    return join_mots([clean_texte(p.nom) for p in autres])


def _write_payeur(payeur: EtatPersonne | None) -> str:
    return write_phrase(" par {nom},", nom=clean_texte(payeur.nom)) if payeur else ""


def _find_moyen(demande: Demande, commun: Vocabulaire) -> str:
    """How it was paid: as answered, else as recorded."""
    enregistre = dict(demande.etat.moyens).get(str(demande.reponses.get("paiement")), "")
    return commun.valeurs["moyen"] or _MOYENS.get(enregistre, clean_texte(enregistre))


def _write_moyen(moyen: str) -> str:
    if not moyen:
        return ""
    dit = moyen[:1].lower() + moyen[1:]
    return write_phrase(" {par} {moyen}", par="en" if dit.startswith("espèces") else "par", moyen=dit)


def _find_qui_recoit(demande: Demande, commun: Vocabulaire) -> tuple[tuple[Bloc, ...], Entete | None]:
    """Who signs: the collector, in its own name, when its signer is answered; else the creditor."""
    convention, qui = demande.etat.creancier.convention, demande.reponses.get("signe_par")
    if convention is None or not qui:
        return commun.blocs["signature"], None
    nom = clean_texte(convention.titulaire)
    adresse = demande.reponses.get("recouvreur_adresse")
    return (Signatures(((str(qui), nom),)),), Entete(nom, "", (str(adresse),) if adresse else ())


def build_imputations(demande: Demande, versement: str) -> tuple[Tableau, ...]:
    """Print what a payment paid, invoice by invoice; nothing when it paid nothing."""
    imputations = [i for i in demande.etat.decompte.imputations if i.versement == versement]
    return (_build_tableau(demande, imputations),) if imputations else ()


def _build_tableau(demande: Demande, imputations: list[Imputation]) -> Tableau:
    creances = {ligne.cle: ligne.creance for ligne in list_lignes_du_compte(demande.etat)}
    payees = [creances.get(i.creance) for i in imputations]
    loyer = any(creance is not None and creance.nature == _LOYER for creance in payees)
    lignes = tuple(
        (
            _name(creance, i.creance),
            *(format_montant(part) for part in (i.frais, i.indemnites, i.interets, i.principal, i.montant)),
        )
        for i, creance in zip(imputations, payees, strict=True)
    )
    titres = ("Terme" if loyer else "Facture", "Frais", "Indemnité", "Intérêts", "Principal", "Total")
    return Tableau("Imputation du paiement", titres, "gddddd", lignes)


def _name(creance: CreanceNee | None, cle: str) -> str:
    """The number of an invoice; the month that a rent pays, which a receipt must name."""
    if creance is None:
        return cle
    libelle = clean_texte(creance.libelle) if creance.nature == _LOYER else ""
    return libelle or clean_texte(creance.numero)
