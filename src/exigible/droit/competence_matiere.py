"""Which court by subject matter: the object of the claim, then who the parties are. Place and amount come after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from exigible.droit.competence_faits import COMMERCANTS, Demande, Juridiction, Motif, Objet, Qualite
from exigible.droit.erreurs import Avertissement
from exigible.droit.phrase import phrase

_ARTISANS_AU_TRIBUNAL_DE_COMMERCE = date(2022, 1, 1)
J = Juridiction


@dataclass(frozen=True, slots=True)
class Matiere:
    """The court by subject matter alone. `exclusive`: whatever the amount; `au_choix`: other courts."""

    juridiction: Juridiction
    motif: Motif
    exclusive: bool = False
    au_choix: tuple[Juridiction, ...] = ()
    avertissements: tuple[Avertissement, ...] = ()


def choose_matiere(demande: Demande) -> Matiere:
    """Choose the court by the object of the claim, then by the parties; the claim was checked."""
    fixes = {
        Objet.PENSION: _choose_pension,
        Objet.SALAIRE: _choose_salaire,
        Objet.CREDIT_CONSOMMATION: _choose_credit,
        Objet.BAIL_HABITATION: _choose_bail_habitation,
        Objet.BAIL_COMMERCIAL: _choose_bail_exclusif,
        Objet.BAIL_PROFESSIONNEL: _choose_bail_exclusif,
        Objet.COPROPRIETE: _choose_copropriete,
        Objet.EXECUTION: _choose_execution,
    }
    return fixes[demande.objet](demande) if demande.objet in fixes else _choose_parties(demande)


def _choose_pension(_demande: Demande) -> Matiere:
    return Matiere(
        J.JUGE_AUX_AFFAIRES_FAMILIALES,
        Motif(
            "obligation_alimentaire",
            phrase(
                "Le juge aux affaires familiales fixe les pensions alimentaires et les contributions à l'entretien."
            ),
            ("COJ L213-3",),
        ),
        avertissements=(
            Avertissement(
                "paiement_direct",
                phrase(
                    "Si une décision ou un acte fixe déjà la pension, aucun juge n'est à saisir : dès le "
                    "premier terme impayé, le paiement direct se demande à un commissaire de justice "
                    "(CPCE L213-1)."
                ),
            ),
        ),
    )


def _choose_salaire(demande: Demande) -> Matiere:
    if demande.creancier is Qualite.PERSONNE_PUBLIQUE:
        return _choose_titre_public()
    if demande.debiteur is Qualite.PERSONNE_PUBLIQUE:
        return Matiere(
            J.TRIBUNAL_ADMINISTRATIF,
            Motif(
                "agent_public",
                phrase("La rémunération d'un agent public relève du juge administratif."),
                ("CJA L211-1",),
            ),
            avertissements=(
                Avertissement(
                    "contrat_de_droit_prive",
                    phrase(
                        "Un salarié d'une personne publique sous contrat de droit privé relève du conseil de "
                        "prud'hommes (C. trav. L1411-2) : vérifiez le contrat."
                    ),
                ),
                _demande_prealable(),
            ),
        )
    return Matiere(
        J.CONSEIL_DE_PRUD_HOMMES,
        Motif("contrat_de_travail", phrase("Le différend naît d'un contrat de travail."), ("C. trav. L1411-1",)),
    )


def _choose_credit(_demande: Demande) -> Matiere:
    return Matiere(
        J.JUGE_DES_CONTENTIEUX_DE_LA_PROTECTION,
        Motif(
            "credit_a_la_consommation",
            phrase(
                "Le crédit à la consommation relève du juge des contentieux de la protection, quel que soit le montant."
            ),
            ("COJ L213-4-5",),
        ),
    )


def _choose_bail_habitation(demande: Demande) -> Matiere:
    return Matiere(
        J.JUGE_DES_CONTENTIEUX_DE_LA_PROTECTION,
        Motif(
            "bail_d_habitation",
            phrase("Le bail d'habitation relève du juge des contentieux de la protection, quel que soit le montant."),
            ("COJ L213-4-4",),
        ),
        avertissements=_warn_bail_public(demande),
    )


def _choose_bail_exclusif(demande: Demande) -> Matiere:
    avertissements = _warn_bail_public(demande)
    if demande.objet is Objet.BAIL_COMMERCIAL and demande.debiteur in COMMERCANTS:
        option = Avertissement(
            "bail_commercial_droit_commun",
            phrase(
                "Si le litige ne touche pas au statut des baux commerciaux (droit commun des "
                "contrats seulement), le tribunal de commerce a pu être saisi d'un défendeur "
                "commerçant (Cass. com. 10 mars 2015) : à faire vérifier."
            ),
        )
        avertissements = (*avertissements, option)
    return Matiere(
        J.TRIBUNAL_JUDICIAIRE,
        Motif(
            "bail_exclusif",
            phrase(
                "Les baux commerciaux et professionnels relèvent du seul tribunal judiciaire, celui du lieu de "
                "l'immeuble."
            ),
            ("COJ R211-3-26 11°", "C. com. R145-23")
            if demande.objet is Objet.BAIL_COMMERCIAL
            else ("COJ R211-3-26 11°",),
        ),
        exclusive=True,
        avertissements=avertissements,
    )


def _choose_copropriete(_demande: Demande) -> Matiere:
    return Matiere(
        J.TRIBUNAL_JUDICIAIRE,
        Motif(
            "copropriete",
            phrase(
                "Les charges de copropriété relèvent du tribunal judiciaire du lieu de l'immeuble, même entre "
                "commerçants."
            ),
            ("COJ L211-3", "D. n° 67-223 art. 62"),
        ),
        avertissements=(
            Avertissement(
                "procedure_acceleree",
                phrase(
                    "Trente jours après une mise en demeure restée vaine, les provisions, même à échoir, "
                    "peuvent aussi se demander selon la procédure accélérée au fond (L. n° 65-557 art. "
                    "19-2)."
                ),
            ),
        ),
    )


def _choose_execution(demande: Demande) -> Matiere:
    avertissements: tuple[Avertissement, ...] = (
        Avertissement(
            "juge_de_l_execution_a_verifier",
            phrase(
                "Le Conseil constitutionnel a abrogé une partie du texte au 1er décembre 2024 (n° "
                "2023-1068 QPC) ; la Cour de cassation tient ce juge pour toujours compétent (avis "
                "du 13 mars 2025). La loi corrective n'a pas été trouvée."
            ),
        ),
    )
    if {demande.creancier, demande.debiteur} <= COMMERCANTS:
        option = Avertissement(
            "mesure_conservatoire_commerciale",
            phrase(
                "Avant tout procès, une mesure conservatoire pour une créance commerciale peut aussi "
                "se demander au président du tribunal de commerce (CPCE L511-3)."
            ),
        )
        avertissements = (*avertissements, option)
    return Matiere(
        J.JUGE_DE_L_EXECUTION,
        Motif(
            "execution",
            phrase(
                "Le juge de l'exécution connaît des difficultés d'exécution, des contestations de saisie et des "
                "mesures conservatoires."
            ),
            ("COJ L213-6",),
        ),
        avertissements=avertissements,
    )


def _choose_parties(demande: Demande) -> Matiere:
    """Set public bodies apart; the others go to the commercial or to the civil court."""
    if demande.debiteur is Qualite.PERSONNE_PUBLIQUE:
        return _choose_debiteur_public()
    if demande.creancier is Qualite.PERSONNE_PUBLIQUE:
        return _choose_titre_public()
    return _choose_effet(demande) if demande.objet is Objet.EFFET else _choose_commerce(demande)


def _choose_commerce(demande: Demande) -> Matiere:
    """Choose between commercial and civil courts (C. com. L721-3)."""
    consulaires = _list_consulaires(demande.jour)
    if demande.creancier in consulaires and demande.debiteur in consulaires:
        return Matiere(
            J.TRIBUNAL_DE_COMMERCE,
            Motif(
                "entre_commercants",
                phrase("Le litige oppose entre eux des commerçants, des artisans ou des sociétés commerciales."),
                ("C. com. L721-3",),
            ),
        )
    if demande.debiteur in consulaires:
        return _choose_option()
    if demande.creancier in consulaires:
        return Matiere(
            J.TRIBUNAL_JUDICIAIRE,
            Motif(
                "debiteur_non_commercant",
                phrase(
                    "Le débiteur n'est ni commerçant, ni artisan, ni société commerciale : il garde son juge civil."
                ),
                ("COJ L211-3", "C. com. L721-3"),
            ),
        )
    return Matiere(
        J.TRIBUNAL_JUDICIAIRE,
        Motif("matiere_civile", phrase("Aucune partie n'est commerçante : la matière est civile."), ("COJ L211-3",)),
        avertissements=_warn_honoraires(demande),
    )


def _list_consulaires(jour: date) -> frozenset[Qualite]:
    """List who is judged by a commercial court; craftsmen since 2022 (L. n° 2016-1547 art. 95 and 114)."""
    return COMMERCANTS | {Qualite.ARTISAN} if jour >= _ARTISANS_AU_TRIBUNAL_DE_COMMERCE else COMMERCANTS


def _choose_option() -> Matiere:
    return Matiere(
        J.TRIBUNAL_JUDICIAIRE,
        Motif(
            "acte_mixte",
            phrase(
                "Le créancier n'est pas commerçant, le débiteur l'est : le créancier choisit entre le tribunal "
                "judiciaire et le tribunal de commerce."
            ),
            ("C. com. L721-3", "Cass. com. 18 nov. 2020, n° 19-19.463"),
        ),
        au_choix=(J.TRIBUNAL_DE_COMMERCE,),
        avertissements=(
            Avertissement(
                "choix_du_creancier",
                phrase(
                    "Le tribunal de commerce est aussi ouvert au créancier : ni tentative amiable "
                    "préalable ni contribution de 50 euros n'y sont exigées, mais des frais de greffe y "
                    "sont à avancer."
                ),
            ),
        ),
    )


def _choose_effet(demande: Demande) -> Matiere:
    avertissements: tuple[Avertissement, ...] = ()
    if demande.debiteur not in _list_consulaires(demande.jour):
        avertissements = (
            Avertissement(
                "effet_non_commercant",
                phrase(
                    "Cela vaut pour une lettre de change. Un billet à ordre qui ne porte que des "
                    "signatures de non-commerçants est renvoyé au tribunal judiciaire si le débiteur le "
                    "demande (C. com. L721-4) ; signé par un consommateur pour un crédit, l'effet est "
                    "nul (C. conso. L314-21) : à faire vérifier."
                ),
            ),
        )
    return Matiere(
        J.TRIBUNAL_DE_COMMERCE,
        Motif(
            "lettre_de_change",
            phrase("La lettre de change est un acte de commerce entre toutes personnes."),
            ("C. com. L110-1 10°", "C. com. L721-3 3°"),
        ),
        avertissements=avertissements,
    )


def _choose_debiteur_public() -> Matiere:
    return Matiere(
        J.TRIBUNAL_ADMINISTRATIF,
        Motif(
            "debiteur_public",
            phrase("Le débiteur est une personne publique : un contrat de la commande publique est administratif."),
            ("CCP L6", "CJA L211-1"),
        ),
        avertissements=(
            Avertissement(
                "contrat_de_droit_prive",
                phrase(
                    "Si le contrat est de droit privé (service public industriel et commercial, domaine "
                    "privé…), le juge judiciaire est compétent : à faire vérifier."
                ),
            ),
            _demande_prealable(),
        ),
    )


def _demande_prealable() -> Avertissement:
    return Avertissement(
        "demande_prealable",
        phrase(
            "Avant le tribunal administratif, demandez le paiement à l'administration et "
            "attendez sa décision : sans elle, la requête est irrecevable (CJA R421-1). En "
            "marché public, suivez aussi le différend prévu par le CCAG."
        ),
    )


def _choose_titre_public() -> Matiere:
    return Matiere(
        J.AUCUNE,
        Motif(
            "titre_executoire_public",
            phrase("Une personne publique émet elle-même un titre exécutoire : le juge n'a pas à le faire pour elle."),
            ("CPCE L111-3 6°", "CE 30 mai 1913, Préfet de l'Eure"),
        ),
        avertissements=(
            Avertissement(
                "creance_publique",
                phrase(
                    "Le recouvrement par un comptable public n'est pas traité ici. Née d'un contrat, la "
                    "créance peut aussi être portée devant le juge du contrat : à faire vérifier."
                ),
            ),
        ),
    )


def _warn_bail_public(demande: Demande) -> tuple[Avertissement, ...]:
    if Qualite.PERSONNE_PUBLIQUE not in {demande.creancier, demande.debiteur}:
        return ()
    return (
        Avertissement(
            "bail_personne_publique",
            phrase(
                "Le bail d'une personne publique est supposé de droit privé (logement social, "
                "domaine privé). Une occupation du domaine public relève du tribunal administratif, "
                "et un bailleur à comptable public émet un titre exécutoire."
            ),
        ),
    )


def _warn_honoraires(demande: Demande) -> tuple[Avertissement, ...]:
    if demande.creancier is not Qualite.LIBERAL:
        return ()
    return (
        Avertissement(
            "honoraires_d_avocat",
            phrase(
                "Les honoraires d'un avocat se font fixer par le bâtonnier, non par le tribunal (D. "
                "n° 91-1197 art. 174, donné de mémoire : à vérifier)."
            ),
        ),
    )
