"""A payment received for the creditor: the fee of the agreement, what is handed over, the last day to do it."""

from __future__ import annotations

from collections.abc import Mapping

from exigible.actes.catalogue.quittance.contexte import build_imputations
from exigible.actes.contexte import Contexte
from exigible.actes.demande import Demande
from exigible.actes.document import Note, Signatures
from exigible.actes.lettre import Entete
from exigible.actes.paiements import list_paiements
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.reversement.rendu import build_tableau, list_mandant, list_notes
from exigible.actes.typst.texte import Fragment, clean_texte, format_iban, write_phrase
from exigible.actes.vocabulaire.recouvreur import write_lieu_date
from exigible.dossier.etat import EtatDossier
from exigible.dossier.faits_reversement import ConventionDeRecouvrement, PartReversee
from exigible.dossier.texte import count_jours
from exigible.droit.argent import ZERO, format_montant
from exigible.droit.durees import Duree
from exigible.droit.erreurs import ErreurExigible
from exigible.droit.jours import format_jour
from exigible.droit.phrase import phrase, wrap_texte
from exigible.droit.reversement import UN_MOIS, Convention, compute_reversement


def build_contexte(demande: Demande, commun: Vocabulaire) -> Contexte:
    """Describe the remittance. Raises ErreurExigible (`acte_refuse`) without an agreement."""
    etat = demande.etat
    convention = etat.creancier.convention
    if convention is None:
        raise ErreurExigible(
            "acte_refuse",
            phrase(
                "« {titre} » : aucune convention de recouvrement n'est enregistrée pour ce créancier.",
                titre=wrap_texte(demande.modele.titre),
            ),
            article="CPCE R124-3",
        )
    recouvreur = clean_texte(convention.titulaire)
    valeurs, faits, part = _describe(demande, commun, convention)
    a_faire = part is not None and not demande.reponses.get("reverse_le")
    noms = {"": clean_texte(etat.debiteur.nom)}
    adresse = str(demande.reponses.get("recouvreur_adresse") or "")
    lignes = tuple(clean_texte(ligne) for ligne in adresse.splitlines() if ligne.strip())
    vocabulaire = Vocabulaire(
        {
            **valeurs,
            "recouvreur": recouvreur,
            "iban_mandant": format_iban(convention.iban),
            "delai_convenu": write_phrase(" ; convention : {d}", d=count_jours(convention.delai_jours))
            if convention.delai_jours
            else "",
            "reste": format_montant(etat.decompte.total_du),
            "lieu_date": write_lieu_date(lignes, commun.valeurs["date"]),
        },
        {
            **faits,
            "retenue": convention.retenue,
            "solde": etat.decompte.total_du > ZERO,
            "a_reverser": a_faire,
            "en_retard": a_faire and faits["en_retard"],
        },
        {
            "parts": (build_tableau((part,), noms),) if part else (),
            "notes": (Note(tuple((Fragment(note),) for note in list_notes((part,)))),) if part else (),
            "imputations": build_imputations(demande, str(demande.reponses.get("paiement", ""))),
            "signature_recouvreur": (Signatures(((commun.valeurs["signe_par"], recouvreur),)),),
        },
    )
    return Contexte(
        vocabulaire,
        destinataire=list_mandant(etat.creancier.description),
        entete=Entete(recouvreur, "", lignes),
        montant=part.montant if part else ZERO,
    )


def propose_reponses(etat: EtatDossier) -> Mapping[str, str]:
    """The last payment received."""
    dernier = max(list_paiements(etat), key=lambda v: (v.date, v.cle), default=None)
    return {"paiement": dernier.cle} if dernier else {}


def _describe(
    demande: Demande, commun: Vocabulaire, convention: ConventionDeRecouvrement
) -> tuple[dict[str, str], dict[str, bool], PartReversee | None]:
    """Name the payment chosen and what is made of it; none chosen yet: its place is left."""
    etat = demande.etat
    versement = next((v for v in list_paiements(etat) if v.cle == demande.reponses.get("paiement")), None)
    imputes = [i for i in etat.decompte.imputations if versement is not None and i.versement == versement.cle]
    impute = sum((i.montant for i in imputes), ZERO)
    trou = commun.valeurs["paiement"]
    if versement is None or impute <= ZERO:
        noms = ("paiement_jour", "encaisse", "reverse", "facture", "au_plus_tard", "exces")
        return dict.fromkeys(noms, trou), dict.fromkeys(("trop_percu", "impute", "calcule", "en_retard"), False), None
    delai = Duree(jours=convention.delai_jours) if convention.delai_jours else UN_MOIS
    accord = Convention(convention.commission, convention.tva, convention.retenue, delai)
    calcul = compute_reversement(impute, versement.date, accord)
    part = PartReversee(
        dossier="",
        reference=demande.reference,
        paiement=versement.cle,
        recu_le=versement.date,
        encaisse=impute,
        commission=calcul.commission,
        tva=calcul.tva,
        montant=calcul.montant,
    )
    valeurs = {
        "paiement_jour": format_jour(versement.date),
        "encaisse": format_montant(versement.montant),
        "reverse": format_montant(calcul.montant),
        "facture": format_montant(calcul.facture),
        "au_plus_tard": format_jour(calcul.au_plus_tard),
        "exces": format_montant(versement.montant - impute),
    }
    faits = {
        "trop_percu": versement.montant > impute,
        "impute": True,
        "calcule": True,
        "en_retard": calcul.au_plus_tard < etat.au,
    }
    return valeurs, faits, part
