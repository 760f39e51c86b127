"""oauth.v2.access, auth.revoke and apps.uninstall: how an app gets, renews and loses its tokens.

See https://docs.slack.dev/authentication/installing-with-oauth and .../using-token-rotation.
"""

import hmac
from typing import Any

from sandbox.slack.api.calls import Answer, ApiCall
from sandbox.slack.backend import Backend
from sandbox.slack.oauth.tokens import IssuedToken
from sandbox.slack.refusals import Refusal


def access(call: ApiCall) -> Answer:
    """oauth.v2.access: a code for tokens, or a refresh token for the next pair."""
    _check_client(call)
    kind = call.text("grant_type") or "authorization_code"
    if kind == "refresh_token":
        return _refreshed(call)
    if kind != "authorization_code":
        raise Refusal("invalid_grant_type")
    tenants = call.backend.tenants
    grant = tenants.redeem(call.text("code"), call.text("redirect_uri"))
    tenants.install(grant)
    issued = grant.tenant.tokens.issue(rotates=tenants.rotates)
    return {**_answer(grant.tenant, issued), "authed_user": {"id": grant.user}}


def revoke(call: ApiCall) -> Answer:
    """auth.revoke: end the token that asks; with `test` only say so."""
    if call.flag("test"):
        return {"ok": True, "revoked": False}
    call.backend.tokens.revoke(call.token)
    return {"ok": True, "revoked": True}


def uninstall(call: ApiCall) -> Answer:
    """apps.uninstall: remove the app from where the token is of."""
    _check_client(call)
    call.backend.tokens.end()
    return {"ok": True}


def _check_client(call: ApiCall) -> None:
    own = call.backend.tenants.first.identity
    if call.text("client_id") != own.client_id:
        raise Refusal("invalid_client_id")
    if not hmac.compare_digest(call.text("client_secret").encode(), own.client_secret.encode()):
        raise Refusal("bad_client_secret")


def _refreshed(call: ApiCall) -> Answer:
    refresh = call.text("refresh_token")
    holder = call.backend.tenants.holder_of(refresh)
    issued = holder.tokens.exchange(refresh) if holder else None
    if holder is None or issued is None:
        raise Refusal("invalid_refresh_token")
    return _answer(holder, issued)


def _answer(tenant: Backend, issued: IssuedToken) -> dict[str, Any]:
    identity, is_org = tenant.identity, tenant.is_org_install
    pair = {"refresh_token": issued.refresh, "expires_in": issued.expires_in}
    return {
        "ok": True,
        "access_token": issued.access,
        "token_type": "bot",
        "scope": ",".join(sorted(tenant.scopes)),
        "bot_user_id": identity.bot_user_id,
        "app_id": identity.app_id,
        "team": None if is_org else {"id": identity.team_id, "name": identity.team_name},
        "enterprise": identity.enterprise,
        "is_enterprise_install": is_org,
        **(pair if issued.refresh else {}),
    }
