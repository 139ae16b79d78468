"""The boxes: what to gather, join and pay, in the order of the work. Each is a sentence with its article, if any."""

from __future__ import annotations

from collections.abc import Mapping

PARTIES = (
    "Extrait d'immatriculation du créancier de moins de trois mois, ou pièce d'identité du créancier personne physique",
    "Extrait d'immatriculation du débiteur, ou son adresse vérifiée",
    "BODACC consulté : aucune procédure collective ouverte contre le débiteur (C. com. L622-21)",
    "Pouvoir spécial du représentant, s'il n'est pas avocat (CPC 762 ; CPC 853)",
)
CONSOMMATEUR = (
    "Courrier vérifié : aucune recevabilité d'un dossier de surendettement n'a été notifiée (C. conso. L722-2)",
)
_BAIL_D_ENTREPRISE = (
    "Bail signé, ses avenants et ses renouvellements ; dernière révision du loyer",
    "Appels de loyer et décompte, terme par terme ; justificatifs des charges et impôts refacturés",
)
CREANCES: Mapping[str, tuple[str, ...]] = {
    "": (
        "Contrat, devis signé ou bon de commande ; conditions générales acceptées",
        "Bon de livraison, procès-verbal de réception ou autre preuve d'exécution",
        "Factures, avec leur échéance",
    ),
    "loyer_habitation": (
        "Bail signé et ses avenants ; dernière révision du loyer",
        "Décompte des loyers et des charges, terme par terme, et justificatifs de la régularisation des charges",
    ),
    "loyer_commercial": _BAIL_D_ENTREPRISE,
    "loyer_professionnel": _BAIL_D_ENTREPRISE,
    "charges_copropriete": (
        "Procès-verbaux des assemblées générales qui ont approuvé les comptes et voté le budget et les travaux",
        "Appels de fonds et décompte de répartition ; règlement de copropriété",
        "Preuve de la qualité de copropriétaire : titre ou relevé de propriété",
        "Contrat de syndic en cours, ou procès-verbal qui le désigne",
    ),
}
PREUVES = (
    "Relances et réponses du débiteur",
    "Mise en demeure et avis de réception",
    "Décompte arrêté à la date du dépôt : principal, intérêts (taux, assiette, point de départ), paiements",
    "Actes de cautionnement, s'il y en a",
)
DEPOT_COMMUN = (
    "Pièces numérotées dans l'ordre du bordereau",
    "Original daté et signé, et une copie gardée",
)
DEPOT: Mapping[str, tuple[str, ...]] = {
    "injonction": (
        "Requête, un exemplaire pour le greffe, avec le bordereau des documents justificatifs (CPC 1407)",
        "Documents justificatifs joints à la requête (CPC 1407) ; l'original de l'effet de commerce",
        "Projet d'ordonnance, que le juge complète et signe : beaucoup de greffes le demandent avec la requête",
        "Juge du lieu où demeure le débiteur, sans clause contraire (CPC 1406)",
    ),
    "requete": (
        "Preuve de la tentative amiable, ou de ce qui en dispense (CPC 750-1)",
        "Requête et pièces, en autant de copies que de personnes à convoquer (CPC 757)",
    ),
    "conjointe": (
        "Devant le tribunal judiciaire, jusqu'à 5 000 € : preuve de la tentative amiable ou dispense (CPC 750-1)",
        "Requête signée par les deux parties, avec leurs prétentions, désaccords et moyens (CPC 57)",
        "Avocats constitués, si le montant dépasse 10 000 € (CPC 760 ; CPC 853)",
    ),
    "assignation_judiciaire": (
        "Date d'audience obtenue du greffe sur le projet d'assignation (CPC 751)",
        "Preuve de la tentative amiable, ou de ce qui en dispense, jusqu'à 5 000 € (CPC 750-1)",
        "Second original de l'assignation, avec l'acte de signification de chaque défendeur (CPC 754)",
        "Bordereau de pièces annexé à l'assignation (CPC 56)",
        "Procédure écrite : remise par l'avocat, par voie électronique, à peine d'irrecevabilité (CPC 850)",
        "En référé aussi, remise quinze jours avant l'audience, sauf délai réduit par le juge (CPC 754 ; CPC 755)",
    ),
    "assignation_commerce": (
        "Date d'audience obtenue du greffe (CPC 856)",
        "Second original de l'assignation, avec l'acte de signification de chaque défendeur (CPC 857)",
        "Bordereau de pièces annexé à l'assignation (CPC 56)",
        "En référé : délai de remise à confirmer auprès du greffe",
    ),
}
FRAIS: Mapping[str, tuple[str, ...]] = {
    "injonction_judiciaire": (
        "Aucun frais de greffe devant le tribunal judiciaire",
        "Contribution pour l'aide juridique : exonération à confirmer auprès du greffe (CGI 1635 bis Q)",
    ),
    "injonction_consulaire": (
        "Frais de greffe consignés dans les quinze jours de la demande, à peine de caducité (CPC 1425)",
    ),
    "judiciaire": (
        "Contribution pour l'aide juridique payée en ligne, justificatif joint (CGI 1635 bis Q)",
        "Cas d'exonération de cette contribution vérifié auprès du greffe : aide juridictionnelle, par exemple",
    ),
    "consulaire": (
        "Frais de mise au rôle payés au greffe",
        "Tribunal des activités économiques : contribution pour la justice économique, due ou non (loi n° 2023-1059)",
    ),
}
APRES: Mapping[str, tuple[str, ...]] = {
    "": ("Accusé de dépôt du greffe classé au dossier", "Étape notée dans le dossier : les échéances en découlent"),
    "injonction": (
        "Accusé de dépôt du greffe classé au dossier",
        "Prescription surveillée : la requête ne l'interrompt pas, seule la signification de l'ordonnance le fait",
        "Ordonnance signifiée dans les trois mois de sa date (CPC 1411)",
        "Étape notée dans le dossier : les échéances en découlent",
    ),
    "assignation_judiciaire": (
        "Récépissé de la remise classé au dossier : faute de remise à temps, l'assignation est caduque (CPC 754)",
        "Étape notée dans le dossier : les échéances en découlent",
    ),
    "assignation_commerce": (
        "Récépissé de la remise classé au dossier : faute de remise à temps, l'assignation est caduque (CPC 857)",
        "Étape notée dans le dossier : les échéances en découlent",
    ),
}
