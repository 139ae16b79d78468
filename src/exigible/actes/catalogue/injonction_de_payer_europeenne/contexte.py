"""The tables of Form A (Regulation 1896/2006, art. 7), and the cross-border case that it supposes (art. 3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from exigible.actes.catalogue.injonction_de_payer_europeenne.parties import list_parties
from exigible.actes.catalogue.injonction_de_payer_europeenne.pays import UNION
from exigible.actes.contexte import Contexte
from exigible.actes.demande import Demande
from exigible.actes.document import Etiquettes, Tableau
from exigible.actes.lettre import Etiquette
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.typst.texte import clean_texte, format_iban, write_phrase
from exigible.actes.vocabulaire.chefs import read_montant
from exigible.actes.vocabulaire.instance import describe_instance, explain_pieces, list_lignes_courantes
from exigible.actes.vocabulaire.sommes import list_lignes
from exigible.dossier.etat import EtatDossier
from exigible.droit.argent import ZERO, format_montant, format_taux
from exigible.droit.erreurs import ErreurExigible
from exigible.droit.jours import UN_JOUR, format_jour
from exigible.droit.phrase import phrase
from exigible.droit.regimes import QualitePartie

_NON_PAYE, _INSUFFISANT = "30 – Défaut de paiement", "31 – Paiement insuffisant"


def propose_reponses(etat: EtatDossier) -> Mapping[str, str]:
    """The court of the debtor's own country, which the regulation 1215/2012 gives in general."""
    pays = UNION.get(etat.debiteur.adresse.pays, "")
    consommateur = etat.debiteur.qualite is QualitePartie.CONSOMMATEUR
    competence = "consommateur" if consommateur else "domicile"
    return {"pays_du_tribunal": pays, "competence": competence} if pays else {}


def build_contexte(demande: Demande, commun: Vocabulaire) -> Contexte:
    """Gather the fields of the form. Raises ErreurExigible (`acte_sans_objet`) when the case is not cross-border."""
    pays = _check_transfrontalier(demande)
    frais = tuple(_iter_frais(demande))
    chez_lui = commun.valeurs["pays_du_tribunal"].strip().casefold() == pays[1].casefold()
    vocabulaire = Vocabulaire(
        {
            "domicile_ecrit": "oui" if chez_lui else "non",
            "suite_ecrite": commun.valeurs["suite"],
            "pays_creancier": pays[0],
            "pays_debiteur": pays[1],
        },
        {"frais_demandes": bool(frais)},
        {
            "rubrique_2": list_parties(demande, pays),
            "rubrique_4": (_describe_pays(commun, pays),),
            "rubrique_5": (_describe_compte(demande, commun),),
            "rubrique_6": (_build_principal(demande, commun),),
            "rubrique_7": (_build_interets(demande),),
            "rubrique_9": (Tableau("Frais", ("Code", "Précision", "Montant"), "ggd", frais),),
            "rubrique_10": (_build_preuves(demande),),
        },
    )
    return Contexte(
        describe_instance(demande).add(vocabulaire),
        sous_titre=write_phrase("Règlement (CE) n° 1896/2006, article 7 – rubriques du formulaire A"),
        projet=explain_pieces(demande, "règl. 1896/2006, art. 7"),
    )


def _check_transfrontalier(demande: Demande) -> tuple[str, str]:
    """The countries of the two parties."""
    codes = [demande.etat.creancier.description.adresse.pays, demande.etat.debiteur.adresse.pays]
    if codes[0] == codes[1] or not set(codes) <= set(UNION):
        raise ErreurExigible(
            "acte_sans_objet",
            phrase(
                "L'injonction européenne suppose des parties dans deux États de l'Union européenne, Danemark exclu : "
                "voyez le pays de chaque adresse."
            ),
            article="Règl. (CE) n° 1896/2006, art. 3",
        )
    return UNION[codes[0]], UNION[codes[1]]


def _describe_pays(commun: Vocabulaire, pays: tuple[str, str]) -> Etiquettes:
    lignes = (
        ("Pays du domicile du demandeur", pays[0]),
        ("Pays du domicile du défendeur", pays[1]),
        ("Pays de la juridiction", commun.valeurs["pays_du_tribunal"]),
    )
    return Etiquettes(tuple(Etiquette(write_phrase(libelle), valeur) for libelle, valeur in lignes))


def _describe_compte(demande: Demande, commun: Vocabulaire) -> Etiquettes:
    iban, bic = demande.etat.creancier.ibans[0] if demande.etat.creancier.ibans else ("", "")
    frais = read_montant(demande, "frais_de_demande") > ZERO
    lignes = (
        (
            "Paiement des frais de la demande",
            write_phrase("par un moyen que le tribunal accepte, à indiquer à l'appendice 1") if frais else "",
        ),
        ("Paiement par le défendeur", "virement"),
        ("Titulaire", commun.valeurs["creancier_nom"]),
        ("IBAN", format_iban(iban)),
        ("BIC", clean_texte(bic)),
    )
    return Etiquettes(tuple(Etiquette(libelle, valeur) for libelle, valeur in lignes if valeur))


def _build_principal(demande: Demande, commun: Vocabulaire) -> Tableau:
    lignes = tuple(
        (
            str(rang),
            commun.valeurs["contrat"],
            _INSUFFISANT if ZERO < s.principal < s.etat.creance.montant else _NON_PAYE,
            write_phrase("facture {numero}", numero=clean_texte(s.numero)),
            format_jour(s.etat.creance.emission),
            format_montant(s.principal),
        )
        for rang, s in enumerate(demande.sommes, start=1)
    )
    return Tableau("Créance principale", ("ID", "Code 1", "Code 2", "Explication", "Date", "Montant"), "gggggd", lignes)


def _build_interets(demande: Demande) -> Tableau:
    """Each line of the statement, then what runs until payment (the form's `A`: a yearly rate)."""
    conditions = demande.etat.creancier.conditions
    convenu = conditions is not None and (conditions.taux_penalites or conditions.multiple_legal) is not None
    code = "02 A – Contractuels, par an" if convenu else "01 A – Légaux, par an"
    echus = [(x.taux, x.base, format_jour(x.du), format_jour(x.au)) for x in list_lignes(demande)]
    des = format_jour(demande.etat.au + UN_JOUR)
    echus += [(x.taux, x.base, des, "paiement") for x in list_lignes_courantes(demande)]
    lignes = tuple((code, format_taux(taux), format_montant(base), du, au) for taux, base, du, au in echus)
    return Tableau("Intérêts", ("Code", "Taux", "Sur", "À compter du", "Jusqu'au"), "gddgg", lignes)


def _iter_frais(demande: Demande) -> Iterator[tuple[str, str, str]]:
    if (frais := read_montant(demande, "frais_de_demande")) > ZERO:
        yield "01", write_phrase("Frais de la demande"), format_montant(frais)
    if demande.totaux.indemnites > ZERO:
        quoi = write_phrase(
            "Indemnité forfaitaire pour frais de recouvrement (C. com., article D441-5 ; directive 2011/7/UE, art. 6)"
        )
        yield "02", quoi, format_montant(demande.totaux.indemnites)
    if demande.totaux.frais > ZERO:
        yield "02", write_phrase("Autres frais, détaillés au décompte"), format_montant(demande.totaux.frais)


def _build_preuves(demande: Demande) -> Tableau:
    lignes = tuple(
        (str(p.numero), "01 – Preuve écrite", clean_texte(p.intitule), format_jour(p.jour) if p.jour else "")
        for p in demande.pieces
    )
    return Tableau("Preuves", ("ID", "Code", "Description", "Date"), "gggg", lignes)
