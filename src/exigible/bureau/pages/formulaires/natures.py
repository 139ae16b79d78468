"""What a claim is, when it is not an ordinary price: the words of the table of limitation, as people say them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

NATURES = {
    "loyer_habitation": _("Loyer ou charges d’habitation"),
    "revision_loyer_habitation": _("Révision d’un loyer d’habitation"),
    "loyer_commercial": _("Loyer commercial"),
    "loyer_professionnel": _("Loyer professionnel"),
    "charges_copropriete": _("Charges de copropriété"),
    "energie": _("Électricité ou gaz"),
    "eau": _("Eau"),
    "telecom": _("Communications électroniques"),
    "credit_consommation": _("Crédit à la consommation"),
    "pret_particuliers": _("Prêt entre particuliers"),
    "reconnaissance_dette": _("Reconnaissance de dette"),
    "caution": _("Cautionnement"),
    "prime_assurance": _("Prime d’assurance"),
    "cotisation_mutuelle": _("Cotisation de mutuelle"),
    "honoraires_avocat": _("Honoraires d’avocat"),
    "notaire": _("Frais et émoluments de notaire"),
    "soins": _("Soins"),
    "salaire": _("Salaire"),
    "pension_alimentaire": _("Pension alimentaire"),
    "rente": _("Rente"),
    "transport_marchandises": _("Transport de marchandises"),
    "transport_international": _("Transport international de marchandises"),
    "transport_international_dol": _("Transport international, en cas de dol"),
    "cheque_tireur": _("Chèque : contre le tireur"),
    "cheque_endosseur": _("Chèque : contre un endosseur"),
    "cheque_tire": _("Chèque : contre la banque tirée"),
    "lettre_change_accepteur": _("Lettre de change : contre l’accepteur"),
    "lettre_change_tireur": _("Lettre de change : contre le tireur"),
    "lettre_change_endosseur": _("Lettre de change : contre un endosseur"),
    "lettre_change_garants": _("Lettre de change : entre garants"),
    "billet_ordre_souscripteur": _("Billet à ordre : contre le souscripteur"),
}
CHOIX = [("", _("Prix ordinaire d’un bien ou d’un service")), *NATURES.items()]
