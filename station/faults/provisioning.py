"""What a cloud may have against a device that is to be provisioned in it."""

from __future__ import annotations

from station.faults.board import BoardFault
from station.faults.station import CloudFault, SetupFault


class ProvisionKeyRefused(CloudFault):
    code = "PROVISION-KEY-REFUSED"
    says = "The cloud knows no product with this provision key and secret."
    remedy = (
        "An engineer compares the key and the secret with those of the device profile in the cloud."
    )
    halts = True


class ProvisioningOff(ProvisionKeyRefused):
    code = "PROVISIONING-OFF"
    says = "Provisioning is switched off for this product in the cloud."
    remedy = "An engineer sets the provision strategy of the device profile in the cloud."


class StrategyWrong(CloudFault):
    code = "STRATEGY-WRONG"
    says = "The cloud provisions this product in another way than the recipe says."
    remedy = (
        "An engineer compares the recipe's strategy with that of the device profile in the cloud."
    )
    halts = True


class TransportRefused(CloudFault):
    code = "TRANSPORT-REFUSED"
    says = "The cloud does not let devices of this product in by this transport."
    remedy = (
        "An engineer compares the recipe's transport with that of the device profile in the cloud."
    )
    halts = True


class AccountFull(CloudFault):
    code = "ACCOUNT-FULL"
    says = "The cloud account holds as many devices as it may."
    remedy = "An engineer deletes devices that are no longer used, or has the limit raised."
    halts = True


class DeviceRefused(CloudFault):
    code = "DEVICE-REFUSED"
    says = "The cloud refused to provision this unit, and does not say why."
    remedy = (
        "Set the unit aside. An engineer looks for its name in the cloud; with an engineer's key "
        "in the keystore the station says more."
    )


class LoginTaken(CloudFault):
    code = "LOGIN-TAKEN"
    says = "Another device uses the credential that was made for this unit."
    remedy = "Retry: the station makes another. Tell an engineer if it happens again."


class LoginRefused(CloudFault):
    code = "LOGIN-REFUSED"
    says = "The cloud does not let the unit in with its new credential."
    remedy = "Retry once. If it happens again tell an engineer: somebody else may have changed it."


class KeyInUnit(CloudFault):
    code = "KEY-IN-UNIT"
    says = "Only the unit itself can log in to the cloud: its key never left it."
    remedy = "An engineer has the recipe wait until the cloud has heard the unit itself."
    halts = True
    lamp = ""


class AdminKeyMissing(SetupFault):
    code = "ADMIN-KEY-MISSING"
    says = "This needs an engineer's key to the cloud, and the recipe names none."
    remedy = "An engineer sets sign_in in the recipe's [cloud] table and stores the key."


class ExtraMissing(SetupFault):
    code = "EXTRA-MISSING"
    says = "A part of the station that this recipe needs is not installed."
    remedy = "An engineer installs it: the detail has its name."


class NameRefused(BoardFault):
    code = "NAME-REFUSED"
    says = "The cloud can't call a device by this unit's name."
    remedy = "Set the unit aside. An engineer looks at the name's pattern in the recipe."


class DeviceExists(BoardFault):
    code = "DEVICE-EXISTS"
    says = "The cloud has a device of this unit's name already."
    remedy = (
        "If this is a returned unit a technician sets it up anew. "
        "If not, two units say the same name: set it aside."
    )


class DeviceElsewhere(DeviceExists):
    code = "DEVICE-ELSEWHERE"
    says = "The cloud has a device of this unit's name as another product."
    remedy = "Set the unit aside. An engineer deletes or renames the other device, or sees to the name's pattern."


class NotRegistered(BoardFault):
    code = "NOT-REGISTERED"
    says = "This unit is not on the cloud's list of units to come."
    remedy = "Set the unit aside. An engineer registers it, or finds out where it comes from."


class NeverCame(BoardFault):
    code = "NEVER-CAME"
    says = "The unit did not come to its cloud by itself."
    remedy = "Check that its network reaches this place, then retry. Set it aside if it stays away."


class ProvisionedAlready(BoardFault):
    code = "PROVISIONED-ALREADY"
    says = "The cloud has provisioned this unit before."
    remedy = "If this is a returned unit a technician sets it up anew. If not, set it aside."
