"""Words, icons and colours for the codes of the core: stages, steps, channels, reasons."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

LIBELLES = {
    # stages of a claim
    "sans_echeance": _("Échéance inconnue"),
    "a_echoir": _("À échoir"),
    "echue": _("Échue"),
    "relancee": _("Relancée"),
    "mise_en_demeure": _("Mise en demeure"),
    "soldee": _("Soldée"),
    # steps
    "courtoisie": _("Note de courtoisie"),
    "appel": _("Appel"),
    "relance": _("Relance"),
    # channels and ways of posting
    "lettre": _("Lettre"),
    "courriel": _("Courriel"),
    "telephone": _("Téléphone"),
    "sms": _("SMS"),
    "lrar": _("Lettre recommandée avec avis de réception"),
    "lre": _("Lettre recommandée électronique"),
    "lettre_suivie": _("Lettre suivie"),
    "lettre_simple": _("Lettre simple"),
    "main_propre": _("Remise en main propre"),
    # what became of a letter
    "approuve": _("Approuvé, à poster"),
    "poste": _("Posté"),
    "presente": _("Présenté"),
    "recu": _("Reçu"),
    "refuse": _("Refusé"),
    "non_reclame": _("Non réclamé"),
    "non_distribue": _("Non distribué"),
    "annule": _("Annulé"),
    # what suspends
    "promesse": _("Promesse de paiement"),
    "contestation": _("Contestation"),
    "plan": _("Plan de paiement"),
    "ne_pas_relancer": _("Ne pas relancer"),
    "procedure_collective": _("Procédure collective"),
    "surendettement": _("Surendettement"),
    # why a claim waits
    "delai": _("Délai en cours"),
    "scenario_fini": _("Suite à choisir"),
    "prescrite": _("Prescrite"),
    "accessoires_seuls": _("Restent les intérêts"),
    "credit_non_rapproche": _("Virement à rapprocher"),
    "courrier_a_poster": _("Courrier à poster"),
    "autre_etape": _("Après l’action du jour"),
    "a_completer": _("À compléter"),
    "message_recent": _("Message récent"),
    "poster": _("Poster la mise en demeure"),
    # qualities of a debtor
    "professionnel": _("Professionnel"),
    "consommateur": _("Particulier"),
    "non_professionnel": _("Non-professionnel (association, syndicat…)"),
    "personne_publique": _("Acheteur public"),
    "inconnue": _("Qualité inconnue"),
    # accessories
    "reclamer": _("Réclamer"),
    "annoncer": _("Annoncer seulement"),
    "renoncer": _("Renoncer"),
    # how calls end
    "abouti": _("Conversation"),
    "message_laisse": _("Message laissé"),
    "sans_reponse": _("Sans réponse"),
    "numero_errone": _("Numéro erroné"),
    # disputes
    "fondee": _("Fondée"),
    "non_fondee": _("Non fondée"),
    "retiree": _("Retirée"),
    # bank lines
    "a_rapprocher": _("À rapprocher"),
    "rapproche": _("Rapproché"),
    "ecarte": _("Écarté"),
    # states of a file
    "apercu": _("Aperçu"),
    "applique": _("Appliqué"),
    "abandonne": _("Abandonné"),
}

ICONES = {
    "courtoisie": "message-circle",
    "appel": "phone",
    "relance": "mail",
    "mise_en_demeure": "certificate",
    "lettre": "mailbox",
    "courriel": "mail",
    "telephone": "phone",
    "sms": "device-mobile",
    "lrar": "certificate",
    "banque": "building-bank",
    "delai": "hourglass",
    "reponse": "message-2",
    "probleme": "alert-triangle",
    "completer": "pencil",
    "attente": "player-pause",
    "promesse": "heart-handshake",
    "contestation": "message-circle",
    "plan": "calendar-event",
    "ne_pas_relancer": "hand-stop",
    "procedure_collective": "gavel",
    "surendettement": "shield",
    "poster": "send",
    "approuve": "send",
    "poste": "mailbox",
}

COULEURS = {
    "a_echoir": "bg-secondary-lt",
    "sans_echeance": "bg-yellow-lt",
    "echue": "bg-orange-lt",
    "relancee": "bg-azure-lt",
    "mise_en_demeure": "bg-primary text-primary-fg",
    "soldee": "bg-green-lt",
    "inconnue": "bg-yellow-lt",
    "approuve": "bg-azure-lt",
    "poste": "bg-primary-lt",
    "refuse": "bg-orange-lt",
    "non_reclame": "bg-orange-lt",
    "non_distribue": "bg-red-lt",
    "a_rapprocher": "bg-orange-lt",
    "rapproche": "bg-green-lt",
    "ecarte": "bg-secondary-lt",
}


def get_libelle(code: str) -> str:
    """The words for a code; the code itself, made readable, when none is known."""
    connu = LIBELLES.get(code)
    return str(connu) if connu is not None else code.replace("_", " ").capitalize()
