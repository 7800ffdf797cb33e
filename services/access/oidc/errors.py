"""Why somebody is not signed in by the identity provider; each sentence says the next step."""

from __future__ import annotations

from domain.errors import MonitoringError


class ProviderAwayError(MonitoringError):
    """The identity provider did not answer, or not as one."""

    code = "provider_away"

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"统一身份认证服务暂时不能使用（{reason}）。请稍后再试，或用登录名和密码登录。"
        )
        self.reason = reason


class ProviderRefusedError(MonitoringError):
    """The identity provider says that the person is not let in, or did not want to be."""

    code = "provider_refused"

    def __init__(self, error: str) -> None:
        if error in ("access_denied", "login_required", "interaction_required"):
            said = "登录在统一身份认证中被取消或拒绝。请重新登录。"
        else:
            said = f"统一身份认证没有受理登录（{error}）。请联系系统管理员。"
        super().__init__(said)
        self.error = error


class NotOurSignInError(MonitoringError):
    """An answer that nobody here asked for, asked for too long ago, or got before."""

    code = "not_our_sign_in"

    def __init__(self) -> None:
        super().__init__("本次登录已过期、已用过，或不是从这个浏览器发起的。请回到登录页重新登录。")


class IdTokenRefusedError(MonitoringError):
    """What the identity provider handed over does not prove who somebody is."""

    code = "id_token_refused"

    def __init__(self, reason: str) -> None:
        super().__init__(
            "统一身份认证返回的凭证没有通过核验，没有登录。"
            "请重新登录；仍不行请联系系统管理员，并告知请求编号。"
        )
        self.reason = reason


class IdentityUnknownError(MonitoringError):
    """Somebody the identity provider knows, and no account is linked to."""

    code = "identity_unknown"

    def __init__(self, subject: str) -> None:
        super().__init__(
            f"您的统一身份（标识 {subject}）还没有关联本系统的账户。"
            "请联系财政管理员，用其给出的关联链接登录一次。"
        )
        self.subject = subject


class IdentityTakenError(MonitoringError):
    """An identity belongs to another account, or an account has one already."""

    code = "identity_taken"

    def __init__(self) -> None:
        super().__init__(
            "该统一身份已关联其他账户，或该账户已关联其他统一身份。请财政管理员先解除原关联。"
        )


class NotLinkableError(MonitoringError):
    """Programs sign in by tokens, and who is shut out does not sign in at all."""

    code = "not_linkable"

    def __init__(self, login: str) -> None:
        super().__init__(
            f"账户“{login}”是程序账户或已停用，不能关联统一身份。请改用其他账户，或先恢复该账户。"
        )


class AccountShutError(MonitoringError):
    """The account of an identity is shut."""

    code = "account_shut"

    def __init__(self) -> None:
        super().__init__("您的账户已停用，不能登录。如有疑问请联系财政管理员。")


class TooManyPendingError(MonitoringError):
    """Too many sign-ins were begun from one address, and none was finished."""

    code = "too_many_pending"

    def __init__(self) -> None:
        super().__init__("从这个地址发起而未完成的登录过多。请十分钟后再试，或用密码登录。")
