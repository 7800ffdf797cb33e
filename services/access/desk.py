"""All that signing in needs, on one pool of connections."""

from __future__ import annotations

from dataclasses import dataclass

from psycopg import Connection
from psycopg.rows import TupleRow
from psycopg_pool import ConnectionPool

from services.access.audit import AuditTrail
from services.access.credentials import Credentials, PasswordPolicy
from services.access.fillers import Fillers
from services.access.invitations import Invitations
from services.access.oidc.identities import Identities
from services.access.oidc.pending import PendingSignIns
from services.access.sessions import Sessions
from services.access.tokens import Tokens
from services.access.tries import Tries


@dataclass(frozen=True, slots=True)
class SignInDesk:
    """The tables behind the door."""

    credentials: Credentials
    sessions: Sessions
    tokens: Tokens
    invitations: Invitations
    tries: Tries
    audit: AuditTrail
    identities: Identities
    pending: PendingSignIns
    fillers: Fillers

    @classmethod
    def on(cls, pool: ConnectionPool[Connection[TupleRow]], policy: PasswordPolicy) -> SignInDesk:
        """Make one; connections open on first use."""
        return cls(
            Credentials(pool, policy),
            Sessions(pool),
            Tokens(pool),
            Invitations(pool),
            Tries(pool),
            AuditTrail(pool),
            Identities(pool),
            PendingSignIns(pool),
            Fillers(pool),
        )
