"""The doors of a session on the page: as /join, /sign-in, /refresh and /sign-out, with the refresh token in a cookie."""

from hoithi_bus.http import Reply, door
from hoithi_registration import metrics, schemas
from hoithi_registration.handlers import accounts
from hoithi_registration.service import cookies, tokens
from hoithi_registration.service.rights import fresh_for

PAGE_ONLY = {cookies.PAGE_HEADER: "1: the page's own script asks. Without it, or from another origin, the answer is 403."}


class PageDoors:
    """Mixed into registration's doors."""

    @door(
        "POST",
        "/session/join",
        who="anyone",
        body=schemas.PageJoin,
        answer=schemas.PageSession,
        status=201,
        headers=PAGE_ONLY,
        summary="Create an account on the page",
    )
    def page_join(self, call):
        cookies.refuse_forged(call.headers)
        with metrics.outcome(metrics.JOINS):
            entered = accounts.join(
                self.storage, self.passwords, self.purposes, call.body, fresh_for(call), call.now, call.body["device"]
            )
        metrics.JOINED.labels(entered.person.division).inc()
        return self._begun(entered, call, 201)

    @door(
        "POST",
        "/session/sign-in",
        who="anyone",
        body=schemas.PageSignIn,
        answer=schemas.PageSession,
        headers=PAGE_ONLY,
        summary="Sign in on the page",
    )
    def page_sign_in(self, call):
        """The session that the cookie held before ends."""
        cookies.refuse_forged(call.headers)
        with metrics.outcome(metrics.SIGN_INS):
            entered = accounts.sign_in(
                self.storage, self.passwords, self.prove, call.body, fresh_for(call), call.now, call.body["device"]
            )
        return self._begun(entered, call, 200)

    @door(
        "POST",
        "/session/refresh",
        who="anyone",
        answer=schemas.PageSession,
        headers=PAGE_ONLY,
        summary="Get a new access token for the cookie",
    )
    def page_refresh(self, call):
        cookies.refuse_forged(call.headers)
        with metrics.outcome(metrics.REFRESHES):
            entered = accounts.refresh(self.storage, cookies.token_in(call.headers), tokens.new_secret(), call.now)
        return self._in_cookies(entered, call, 200)

    @door("POST", "/session/sign-out", who="anyone", status=204, headers=PAGE_ONLY, summary="End the session of the cookie")
    def page_sign_out(self, call):
        """Also when the session is over already: the cookies are taken away."""
        cookies.refuse_forged(call.headers)
        accounts.sign_out_by(self.storage, cookies.token_in(call.headers))
        return Reply(status=204, headers=cookies.of_nobody(call.headers))

    def _begun(self, entered, call, status):
        accounts.sign_out_by(self.storage, cookies.token_in(call.headers))
        metrics.PAGE_SESSIONS.labels(entered.session.device).inc()
        return self._in_cookies(entered, call, status)

    def _in_cookies(self, entered, call, status):
        body = {
            "user": schemas.Me().dump(entered.person),
            "access_token": self._access_token(entered, call.now),
            "expires_in_s": tokens.LIFETIME_S,
            "device": entered.session.device,
            "asleep": self._asleep(entered),
        }
        return Reply.json(body, status, cookies.of_session(entered, call.headers, call.now))
