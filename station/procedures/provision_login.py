"""How a unit comes to a login that works: the one that it has, or one that is made and kept first."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field, model_validator

from station import deeds, logins
from station.authority import Authority, AuthorityOptions
from station.boards import Board
from station.clouds import KeepsRegister, ProvisionsDevices
from station.faults import (
    DeviceExists,
    LoginTaken,
    ProvisionedAlready,
    TransportRefused,
)
from station.model import DeviceEntry, Listed, Login, LoginKind, Strategy
from station.procedures.provision_checks import entry_of
from station.procedures.provision_steps import (
    BoardOptions,
    Credential,
    FinishOptions,
    NameOptions,
    must_register,
    read_all,
    register_of,
    takes,
)
from station.record import LOGIN
from station.run import Run

KINDS = {
    "access token": LoginKind.ACCESS_TOKEN,
    "mqtt basic": LoginKind.MQTT_BASIC,
    "certificate": LoginKind.X509_CERTIFICATE,
    "from the cloud": LoginKind.ACCESS_TOKEN,
}


class ProvisionOptions(NameOptions, BoardOptions, FinishOptions):
    """What a recipe's `[options]` table may hold for provisioning on the unit's behalf."""

    credential: Credential = Field(
        default="access token",
        description="what lets the unit in; 'from the cloud' leaves the token to the server, and a "
        "lost answer then to an engineer's key",
    )
    authority: AuthorityOptions | None = Field(
        default=None, description="the station's own authority, which issues certificates"
    )
    again: bool = Field(
        default=False,
        description="give a unit that is there already, as a returned one, a new login; without it "
        "such a unit keeps what it has",
    )
    telemetry: dict[str, str | int | float | bool] = Field(
        default={}, description="sent once as the unit would, when its login was shown to work"
    )

    @model_validator(mode="after")
    def _has_an_authority(self) -> ProvisionOptions:
        if (self.credential == "certificate") != (self.authority is not None):
            raise ValueError("credential = 'certificate' and authority go together")
        return self


@dataclass(frozen=True, slots=True)
class Plan:
    """The login that the unit is to have; None when the cloud makes it.

    `fresh`: nobody can have been asked for it yet. `replaces`: the device is there, and is to be
    let in by this one from now on.
    """

    login: Login | None
    fresh: bool
    replaces: bool = False


@dataclass(frozen=True, slots=True)
class UnitLogin:
    """A unit on its way to a login that works."""

    run: Run
    board: Board
    door: ProvisionsDevices
    device: Listed
    authority: Authority | None

    async def plan(self) -> Plan:
        """Find the login that the unit has, or make one; register the unit where it must be."""
        options, register = self.run.options(ProvisionOptions), self.door.register
        is_open = await self._is_open()  # asked before what may end meanwhile is looked for
        entry = await self._entry()
        if options.again and entry:
            return Plan(await self._make(), fresh=False, replaces=True)
        kept = await self._kept(entry)
        for login in kept:
            if await self._lets_in(login, entry):
                return Plan(await self._found(login, entry), fresh=False)
        if register and await must_register(self.door):
            return await self._enter(register, kept, is_new=entry is None)
        if options.credential == "from the cloud":
            await self.run.drop(self.door, self.device.name, LOGIN)
            return Plan(None, fresh=register is None or not is_open)
        if entry and self.door.strategy is Strategy.CERTIFICATE_CHAIN:
            # a login by the chain would take over what may be another unit's device
            raise DeviceExists(self.device.name)
        made = next(filter(self._is_as_made_now, kept), None)
        return Plan(made or await self._make(), fresh=made is None)

    async def provision(self, plan: Plan) -> Login:
        """Have the unit provisioned with its login; nothing of it is lost when the answer is."""
        name = self.device.name
        if plan.replaces and plan.login:
            register = register_of(self.door, "a new login")
            deed = deeds.replace_login(self.door, register, name, plan.login)
            await self.run.claim_by(deed)
            if self.door.strategy is not Strategy.PRE_PROVISIONED:
                return await self._settled(plan.login)
        try:
            return await self._settled(
                await self.run.claim_by(
                    deeds.provision(self.door, name, plan.login, self._keep, fresh=plan.fresh)
                )
            )
        except LoginTaken:
            await self.run.drop(self.door, name, LOGIN)
            raise

    async def _entry(self) -> DeviceEntry | None:
        """Return what the register has of the unit, None for nothing, or where there is none.

        Raises:
            DeviceExists, DeviceElsewhere: it is another's, or the unit has another name there.

        """
        if self.door.register:
            return await entry_of(self.run, self.door, self.device.name)
        name, held = self.device.name, await self.run.held(self.door)
        by_chain = self.door.strategy is Strategy.CERTIFICATE_CHAIN
        # there the server would let the unit take over whatever has its name
        if by_chain and (other := await self.run.rival(self.door, name)):
            raise DeviceExists(f"{name} is the unit {other}")
        if held not in {"", name}:
            for login in read_all(await self.run.kept(self.door, held, LOGIN)):
                if await self._lets_in(login, None):
                    raise DeviceExists(f"{name} is called {held} there")
        return None

    async def _lets_in(self, login: Login, entry: DeviceEntry | None) -> bool:
        """Tell whether the unit is provisioned with a login that was kept, of whatever kind."""
        try:
            return await self.door.provisioned(self.device.name, login) is not None
        except TransportRefused:  # it was made for a recipe that had another transport
            if not entry or not self.door.register:
                return False
            return (await self.door.register.login_of(self.device.name)).lets_in_as(login)

    async def _found(self, login: Login, entry: DeviceEntry | None) -> Login:
        """Return a login that was found to let the unit in.

        Raises:
            DeviceExists: it is not what the recipe wants, or lets in a device of another name.

        """
        name, register = self.device.name, self.door.register
        if register and not (entry or await register.entry(name)):
            raise DeviceExists(f"{name} has another name there, or is in another account")
        if not self._is_wanted(login):
            raise DeviceExists(f"with another credential, {login.kind}; 'again = true' changes it")
        return login

    def _is_wanted(self, login: Login) -> bool:
        """Tell whether a login is of the kind that the recipe wants, with all that the board does."""
        told = {name for name, _ in login.values}
        match KINDS[self.run.options(ProvisionOptions).credential]:
            case LoginKind.MQTT_BASIC:
                told_all = told == takes(self.board).wanted() & set(logins.BASIC)
            case LoginKind.X509_CERTIFICATE:
                told_all = "private_key" in told
            case _:
                told_all = "token" in told
        return told_all and login.kind is KINDS[self.run.options(ProvisionOptions).credential]

    def _is_as_made_now(self, login: Login) -> bool:
        """Tell whether the recipe would make such a login: one that nobody has asked for."""
        issuer = self.authority.certificate if self.authority else ""
        return self._is_wanted(login) and login.value("certificate").endswith(issuer)

    async def _kept(self, entry: DeviceEntry | None) -> tuple[Login, ...]:
        """Return the logins that were made for the unit before, the latest first.

        Where they are lost the register has the one of a device that the record knows as ours.
        """
        name = self.device.name
        kept = read_all(await self.run.kept(self.door, name, LOGIN))
        if kept or not entry or not self.door.register:
            return kept
        if await self.run.held(self.door) != name:
            return ()
        login = await self.door.register.login_of(name)
        await self._keep(login)
        return (login,)

    async def _enter(
        self, register: KeepsRegister, kept: tuple[Login, ...], *, is_new: bool
    ) -> Plan:
        """Register the unit with a login of ours; one that is on the list keeps what it has there.

        Raises:
            ProvisionedAlready: it is there, and was provisioned by somebody else.

        """
        name = self.device.name
        made = next(filter(self._is_as_made_now, kept), None)
        login = made or await self._make()
        try:
            entry = await self.run.once(
                deeds.enter(register, self.door.address, self.device, login)
            )
        except LoginTaken:
            if made and await self.run.held(self.door) == name:
                raise DeviceExists(f"{name} has another name there") from None
            await self.run.drop(self.door, name, LOGIN)
            raise
        there = await register.login_of(name)
        if there.lets_in_as(login):
            return Plan(login, fresh=is_new)
        is_anothers = await self.run.shared(self.door, name, LOGIN)
        if (is_anothers or entry.provisioned) and not kept:
            await self.run.drop(self.door, name, LOGIN)
        if is_anothers:
            raise DeviceExists(f"{name} was registered for another unit")
        if entry.provisioned:
            raise ProvisionedAlready(name)
        if there.kind is login.kind is LoginKind.ACCESS_TOKEN:
            await self._keep(there)
            return Plan(there, fresh=False)
        return Plan(login, fresh=False, replaces=True)

    async def _make(self) -> Login:
        """Make a login, and keep it before anybody is told of it."""
        kind = KINDS[self.run.options(ProvisionOptions).credential]
        if kind is LoginKind.X509_CERTIFICATE and self.authority:
            login = logins.key_and_certificate(self.device.name, self.authority)
        elif kind is LoginKind.MQTT_BASIC:
            login = logins.mqtt_basic(takes(self.board).wanted())
        else:
            login = logins.access_token()
        await self._keep(login)
        return login

    async def _settled(self, login: Login) -> Login:
        await self.run.keep_only(self.door, self.device.name, LOGIN, logins.told(login))
        return login

    async def _keep(self, login: Login) -> None:
        await self.run.keep(self.door, self.device.name, LOGIN, logins.told(login))

    async def _is_open(self) -> bool:
        return await self.run.is_open(deeds.PROVISION, self.device.name, self.door.address)
