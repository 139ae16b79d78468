"""What a person who is liable is called."""

from __future__ import annotations

from exigible.dossier.faits_personnes import RolePersonne

NOMS_DES_ROLES = {
    RolePersonne.DEBITEUR: "débiteur",
    RolePersonne.CODEBITEUR_SOLIDAIRE: "codébiteur solidaire",
    RolePersonne.CODEBITEUR_CONJOINT: "codébiteur conjoint",
    RolePersonne.CAUTION_SIMPLE: "caution simple",
    RolePersonne.CAUTION_SOLIDAIRE: "caution solidaire",
    RolePersonne.GARANT_AUTONOME: "garant autonome",
}
