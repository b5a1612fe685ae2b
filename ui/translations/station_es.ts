<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
<context>
    <name>Faults</name>
    <message>
        <source>A PIN is needed here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A board was plugged into a socket that belongs to no slot.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A key is not in the keystore.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A part of the board does not work.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A part of the station that this recipe needs is not installed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A technician erases it first; the key that is there would be lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add what tells the two apart, such as an initial.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An engineer adds the user to the group that owns the port (dialout on Debian); then sign in anew.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An engineer checks the cloud&apos;s address and whether a proxy or a login page is in the way.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An engineer checks the file and its SHA-256, or has it fetched anew.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An engineer checks this computer&apos;s clock, the proxy and the cloud&apos;s address.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An engineer compares the key and the secret with those of the device profile in the cloud.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An engineer compares the recipe&apos;s strategy with that of the device profile in the cloud.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An engineer compares the recipe&apos;s transport with that of the device profile in the cloud.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An engineer corrects the named line of the template.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An engineer corrects the named line; &apos;station recipe check&apos; tells more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An engineer corrects the printer&apos;s name in the station&apos;s settings, or installs it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An engineer corrects what is named.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An engineer deletes devices that are no longer used, or has the limit raised.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An engineer discards the orders that wait, or the unit is brought online to take them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An engineer gives the user the right to print, or chooses another printer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An engineer has the recipe wait until the cloud has heard the unit itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An engineer installs it: the detail has its name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An engineer installs it; README says how.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An engineer looks at the detail: the template may be meant for another kind of printer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An engineer makes more with &apos;station serials make&apos;, or imports them; then retry.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An engineer names its certificate in the recipe and stores its key in the keystore.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An engineer restores the key &apos;station-seal&apos;, or has tokens gathered again and units provisioned anew: &apos;again = true&apos; in the recipe.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An engineer sets it up with &apos;station networks add&apos;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An engineer sets sign_in in the recipe&apos;s [cloud] table and stores the key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An engineer sets the clock, best by NTP, then retry.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An engineer sets the provision strategy of the device profile in the cloud.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An engineer stores it with &apos;station secret set NAME&apos;, or sets its environment variable.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An engineer unlocks or mends the keystore, or sets the key&apos;s environment variable.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another device uses the credential that was made for this unit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another program is using this port.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another station program is already using this record.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another unit in the record has one of this unit&apos;s identities.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask a second person, who gives a reason and shows badge or PIN.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask another person for badge or PIN.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask somebody whose role allows what the detail names.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Call an engineer to free space. No unit is begun until then.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Call an engineer. No unit is begun until then.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Call an engineer: the key is wrong, has expired, or belongs to the other generation of the API.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Call an engineer: the key&apos;s user needs a role that may claim devices.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check its antenna and its SIM card, and give it power where there is coverage.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check that it has power, press its reset button, then retry. Set it aside if it stays silent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check that its light pulses, hold it nearer, then scan its label again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check that its network reaches this place, then retry. Set it aside if it stays away.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check that the board has power, hold it nearer, then retry.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check that the network is in reach. If other boards fail too tell an engineer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check that the printer is switched on and its cable is in, then retry.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the cable and retry. If it happens again set the unit aside.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the network, then retry.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the spelling. &apos;station people list&apos; shows who was named.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a reason, or type one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another PIN.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another name; &apos;station serials list&apos; shows what there is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another with --data-dir, or give this user the right to write there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose one from the list; an engineer keeps the lists in station.toml.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose one from the list; an engineer writes them into the recipe.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose one of the slots on the screen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the work order of its product, then ask for the label again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Claim it first. If it was claimed before, an engineer looks for who unclaimed it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close serial terminals and other tools on this computer, then retry.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close the head until it clicks, then retry.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close the other window, or give this one a folder of its own with --data-dir.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Correct the rows that are named, or make the file anew.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Do what the picture shows, until the light goes off.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fill in what is named, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find it by that number: its whole life is there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find the unit again, or take it into the record by hand.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give a badge, a PIN, or both.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on with its open case, or close that one first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Have the station reach its cloud once, or an engineer puts the file in its place.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hold its BOOT button, press and let go of reset, let go of BOOT, then retry.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>If this is a returned unit a technician sets it up anew. If not, set it aside.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>If this is a returned unit a technician sets it up anew. If not, two units say the same name: set it aside.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Install a real keystore (gnome-keyring or KWallet), or use the environment variable.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Install that version or a later one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave the board in its slot: the station asks again by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let its run pass first: the label is printed at its end.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at the printer. On the next try scan the label if it came out, or say no.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at the printer: put in labels or ribbon, close its head, then retry.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ModemManager is using this port.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name an engineer first: from then on nobody is let in who was not named.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name another engineer first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No board sits in this slot.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No serial number is left for this unit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No such board is on the air.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody can approve what they ask for themselves.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody can say whether the label was printed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody is signed in without a name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody is signed in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody of this name works at this station.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody was named here yet, and the first has to be an engineer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only the unit itself can log in to the cloud: its key never left it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a case for it: say why it came back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Plug in a Bluetooth adapter, or ask an engineer to start the Bluetooth service.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Plug it into one of the slots; an engineer can teach this socket in station.toml.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Plug the board in again, firmly.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Plug the board in again, or correct the port&apos;s name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Plug the board into the socket of the slot that the screen names.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Plug the scanner in again. Everything can be done by keyboard meanwhile.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Plug the unit in, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Press its reset button twice, quickly, then retry. If it happens again set it aside.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Press its reset button, or plug it in again, then retry.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Press the board&apos;s reset button, or unplug it and plug it in again, then retry.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Press the printer&apos;s pause key, or have the print queue started again, then retry.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Provisioning is switched off for this product in the cloud.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put in a new ribbon, press the printer&apos;s pause key, then retry.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put in a new roll, press the printer&apos;s feed key, then retry.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put it into the bin for scrap. If it should not be there tell an engineer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put the board on a USB cable: the station brings it up to date there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put the right unit into the slot, or find this one on the Rework page.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put the unit in again: the station goes on from what is already true.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retry once, then tell an engineer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retry once. If it happens again do not ship the unit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retry once. If it happens again set the unit aside for reflashing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retry once. If it happens again set the unit aside for repair.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retry once. If it happens again set the unit aside.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retry once. If it happens again tell an engineer: somebody else may have changed it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retry the unit, or set it aside for a technician.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retry when ready.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retry with the label of the unit in this slot. If it was that one, set the unit aside.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retry. If it happens again give the log file to an engineer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retry. If it happens again set the unit aside and tell an engineer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retry. If it happens again set the unit aside.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retry: the station makes another. Tell an engineer if it happens again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan it again. If it goes on an engineer checks the scanner&apos;s settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan the badge. An engineer sets what badges look like in the station&apos;s settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan the label of the board in your hand, or choose it from the list.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan the order&apos;s sheet again. An engineer adds orders with &apos;station orders add&apos;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan your own badge, or sign in with name and PIN. An engineer names people.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scrap it, or have an engineer approve of one more time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set both units aside and tell an engineer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set it aside for a modem firmware update, or use a recipe made for this hardware.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set the unit aside and tell an engineer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set the unit aside and tell an engineer: its identity can&apos;t be trusted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set the unit aside for an update of its Wi-Fi firmware.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set the unit aside for repair.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set the unit aside. An engineer deletes or renames the other device, or sees to the name&apos;s pattern.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set the unit aside. An engineer looks at the name&apos;s pattern in the recipe.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set the unit aside. An engineer looks at the named field and line of the template.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set the unit aside. An engineer looks for its name in the cloud; with an engineer&apos;s key in the keystore the station says more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set the unit aside. An engineer registers it, or finds out where it comes from.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set the unit aside: it takes none but signed or encrypted images. Tell an engineer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set the unit aside: its present owner must unclaim it first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Several boards are near, and nobody can say which one is meant.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in first: F2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in without a recipe, wait until all slots are at rest, then teach them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Slots can&apos;t be taught while units are being worked on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Somebody of this name works at this station already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something is being done in this slot.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something that is not the cloud answered.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something that must be said was left empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped by the operator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Switch Bluetooth on, then retry.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Switch its power off and on again, and leave its cable in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take another badge, or take it away from whoever has it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take it off and have it printed again, then retry.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take it out and check which work order it belongs to.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tell an engineer: the record has the cloud&apos;s own words.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That code did not come over whole.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The Bluetooth connection to the board was lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The attestation token does not belong to this board.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The board already holds a key in this place.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The board could not be flashed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The board could not carry out what the cloud ordered.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The board could not join the network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The board did not come back after it was restarted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The board did not keep what was written to it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The board does not answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The board does not run the sketch that this work needs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The board in the slot is not the unit that is meant. Nothing was done to it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The board is alive, but its receiver hangs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The board waits for a hand.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The board was unplugged, or its cable lost contact.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The board&apos;s answers are garbled.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The board&apos;s attestation token is cut short or garbled.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The board&apos;s firmware refused a command.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The board&apos;s flash does not keep what is written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The board&apos;s key is not the one that it should have.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The board&apos;s sketch is older than its cloud takes, and it can&apos;t be changed this way.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The chip&apos;s boot loader does not answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The chip&apos;s security fuses forbid this image.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The cloud account holds as many devices as it may.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The cloud asks the station to slow down.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The cloud can&apos;t be reached.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The cloud can&apos;t call a device by this unit&apos;s name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The cloud did not answer in time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The cloud did not register this unit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The cloud did not say whether this was done.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The cloud does not accept the station&apos;s key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The cloud does not accept this board&apos;s attestation token.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The cloud does not hold this unit for us.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The cloud does not let devices of this product in by this transport.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The cloud does not let the unit in with its new credential.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The cloud has a device of this unit&apos;s name already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The cloud has a device of this unit&apos;s name as another product.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The cloud has a fault of its own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The cloud has provisioned this unit before.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The cloud holds as many orders for this unit as it can.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The cloud knows no product with this provision key and secret.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The cloud provisions this product in another way than the recipe says.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The cloud refused the request.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The cloud refused to provision this unit, and does not say why.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The cloud&apos;s certificate can&apos;t be verified.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The disk is full: nothing can be recorded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The factory&apos;s lists have no such code.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file has a mistake.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The firmware of the board&apos;s Wi-Fi module is older than its cloud takes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The image to be flashed is not here and can&apos;t be fetched.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The image to be flashed is not the one that it should be.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The label of this unit belongs to another recipe.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The label printer does not answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The label printer does not say how it is, as it did before.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The label printer is out of labels.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The label printer is paused.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The label printer takes no more work for the moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The label printer&apos;s head is open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The label printer&apos;s head is too hot or too cold.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The label printer&apos;s ribbon has run out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The label that was printed can&apos;t be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The label that was scanned is not the label of this unit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The label&apos;s template has a mistake.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The name or the PIN is wrong.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network that the recipe names is not set up on this station.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The port is not there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The printer does not take this label.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The program that flashes this board is not installed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The recipe has a mistake.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The recipe has no such rework.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The record can&apos;t be written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The record has no such unit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The record knows this unit already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The record was written by a newer version of the station.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The scanner on the serial port is not there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The station does not know this work order.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The station made a mistake of its own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The station stopped in the middle of this run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The station works on as many boards by Bluetooth as it can.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The station&apos;s folder can&apos;t be written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The station&apos;s key is not allowed to do this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The station&apos;s own certificate authority is not to be had.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The station&apos;s settings have a mistake.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The unit did not come to its cloud by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The unit still holds credentials after they were erased.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The unit was claimed but never came online.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no reason given.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no such printer on this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no such slot.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is such a pool of serial numbers already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There were too many wrong tries.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This badge is nobody&apos;s here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This badge is somebody else&apos;s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This board can&apos;t be claimed by its cloud.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This board can&apos;t be told to ask its cloud.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This board is not the product of this work order.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This can&apos;t be a PIN: it takes 4 to 12 digits, and not such as 1111 or 1234.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer has no Bluetooth that the station can use.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer&apos;s Bluetooth is switched off.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer&apos;s clock is wrong.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer&apos;s keystore fails when it is asked for a key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer&apos;s keystore would keep secrets in plain text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This does not read as a badge at this station.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This failure is none that may be skipped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This goes against the rule: a second person has to approve it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is the last engineer of this station.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This needs an engineer&apos;s key to the cloud, and the recipe names none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This socket was taught already, for another slot.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This step took too long.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This unit already belongs to another team in the cloud.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This unit is in rework already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This unit is not in rework.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This unit is not on the cloud&apos;s list of units to come.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This unit was never given a label here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This unit was reworked as often as the factory allows.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This unit was scrapped: nothing is done to it any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This user may not open the port.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This user may not print on this printer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again. An engineer gives a new PIN to whoever has forgotten theirs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type your PIN.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type your name or scan your badge.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use a recipe that flashes it, over the USB cable.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wait a minute, then retry.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wait a minute, then retry. Tell an engineer if it goes on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wait for as long as the detail says, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wait ten seconds and retry. An engineer installs the station&apos;s udev rule to end this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wait until it has printed what it holds, then retry.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wait until it is done, or stop it: Esc.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wait until one of them is done, then scan this label again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wait until the printer is ready again, then retry.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What this unit has to say does not fit on its label.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was kept sealed can&apos;t be opened with this station&apos;s key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whoever asks for this may not do it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Without a badge or a PIN nobody can sign in.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Gestures</name>
    <message>
        <source>Take it off a Portenta Machine Control first: on one it does nothing.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>A board is in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A board is picked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A board sits in {slot}. It is checked before it is changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A hand is wanted: {slots}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A note on {unit}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ASKING AGAIN</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An engineer adds one to the product&apos;s recipe.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As far as the cloud tells: {stage}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask the cloud</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asking for {text} …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bad today</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bluetooth</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bring the sketch up to date</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Carries out what an engineer has written for this product.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cases so far: {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cases: {count} of {limit}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change its network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check what you scanned, or take the unit into the record.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a recipe.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose one with the arrows, then press Enter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the slot above in which it sits.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Claim</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Claim and wake</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Claim it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Claim released: {device}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Claim, certificates of our own</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Claimed: {device}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear its old settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close the station?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Closing. The station finishes writing its record …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cloud</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commands</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Confirm it is free</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy its numbers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create it in the cloud</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Credentials erased</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Credentials made here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete it in the cloud</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Do it anew …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Does all that a new unit is given, as far as it is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Erase its credentials</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every recipe has a mistake. An engineer corrects the named line.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>FAIL</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fill in all three.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find a unit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finish it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First pass</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First seen {first}, last seen {last}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Flash again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Flashed: {of}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Flashing: {share} – {of}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Flashing: {share} – {of}, {left}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gather for later</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Get its certificate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gives it back: the cloud no longer holds it for us.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gives it new credentials in place of the old ones.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on working</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Good today</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Help  F1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hide {count} steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hold {button} until {light} goes off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many units (may stay empty)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In a few words</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In rework</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the slots</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It begins in a moment …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It begins in a moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is known now: the deed was done.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is known now: the deed was not done.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is scrapped: nothing is done to it any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It should have been online by {when}, and was not.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It sits in {slot}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It waits to be sent to the cloud.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It waits until the station can work again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its label, or any number of it. Or plug it into a slot.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its proof waits to be sent to the cloud.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Join pin {pin} to {to} until {light} goes off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Join the network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kind of board</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Label not printed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Label printed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Label printed again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Label: nobody knows whether it was printed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last units</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave it as it is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lets it join another network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at {slots}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look what it holds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking for recipes …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make its key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Makes it ready for Arduino 2.0.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Migrate to Arduino 2.0</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Moves it from Arduino 1.0 to 2.0.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Network removed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next work order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No board is heard. Switch the board on; its light pulses when it is ready.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No board is plugged in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No cloud holds it for us.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No code of the list fits this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No recipe can read the board in {slot}. Scan its label.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No recipe has a rework for {kind}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No room for more now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No run was made with it yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No slot yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No unit chosen yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody is signed in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody knows yet whether this was done: {deed} at {place}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody knows {text}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not in rework</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Note (may stay empty)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing begins until the station can work again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing begins until this is mended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing new came. That board may be in a slot already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On the air</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On the bench since {when}: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Once more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One moment …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only technicians and engineers may do this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a case</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a case first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a case for {unit}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Operator</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Or choose it from those that are heard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ours at {cloud} as {device}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Override: a failed check was skipped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Override: label printed again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Override: provisioned again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Override: rework beyond the limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Override: scrapped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PASS</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pick</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pick  F6</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pick a board on the air: scan its label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pick a board: F6</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Plug a board in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Plug a board in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Plug a board in: the socket it sits in becomes the first slot.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Plug boards in: {slots}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Plug it in to work on it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Plug it in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prepare for Arduino 2.0</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prepare its login</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Press F6, then scan the label of a board.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Print again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Print its label again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Printer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prints the same label once more. A second person must approve.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prove it is genuine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Provision</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Provision by Arduino 1.0</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Provision by Arduino 2.0</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Provision by device key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Provision for LoRaWAN</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Provision it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Provision, by the unit itself</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Provision, key of its own</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put into the queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put it aside.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put the unit aside</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>RETRY</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Radio on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read its radio address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read the board</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read who it is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading its life …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reads who the unit is. Changes nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Record</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Register it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Release it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove its network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Renew credentials</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retry  F5</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retry the selected slot, or the only one in trouble</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retry to finish the unit: F5.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rework began: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rework ended: scrapped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rework ended: shipped again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rework is for technicians and engineers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Room for {count} more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>STATION ERROR</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>STOPPED</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Say what was done.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Say why it came back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan a label, or choose a board with the arrows.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan its label, or type any of its numbers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan its label, or type the last four digits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan the unit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan the unit, or type its serial, IMEI, UUID, MAC or cloud id</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scanner</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scrap it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scrapped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scrapped on {day}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scrapped: no run is begun on it any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seen before: {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select a slot</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select the next slot</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select the slot to retry: keys 1 to 9, or arrows.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send the certificates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send the order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Serial number given: {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Serial number, as the label has it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Several boards are in. Choose above in which slot it sits.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ship again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ship {unit} again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show or hide this help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show {count} steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in  F2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in as one of them: F2 twice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in or out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in to begin: F2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in to begin: press F2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in to take units up again: F2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign its certificate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign out  F2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signing in …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Slot {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Slot {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something is being done to it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Starting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Station</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step {at} of {all}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop  Esc</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop a run (asks first), or close what is open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop all {count} runs?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop and close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop {slot}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Store its certificate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>TIMEOUT</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>TRAINING – simulated boards and cloud</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take a unit into the record</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take back and erase</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take it into the record</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take it out and check that it is the right product.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take it out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take out {slots}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the claim back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Taken in from a file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Taken into the record by hand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Takes it out for good. A second person must approve.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Takes its credentials and its network off, with proof.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Takes its network off. It can&apos;t connect any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Takes something away</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Takes the claim back and erases its credentials.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The board is gone. Plug it in again, firmly.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The board is out of reach. Bring it nearer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The cloud refused it, and took it later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The cloud refused it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The cloud took it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The limit is reached: an engineer must approve of the next case.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run ends as stopped. The unit can be retried.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The station does not know this board.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The station has stopped. Close this window and start it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The station is not ready yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The station is starting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The station is starting …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Then let go.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no recipe yet. An engineer makes one with: station recipe new</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They end as stopped. The units can be retried.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This command barcode is damaged. Print the sheet again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer has no Chinese letters. An engineer installs a font that has.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This line has no Bluetooth: plug boards in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This takes something off {unit} that can&apos;t be put back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try its login</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type the code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type your name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>UNDER WAY</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Units that are done appear here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Units that were found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wait for its request</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wait for the board</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wait for the cloud</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wake the board</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What befell it, the latest first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What can be done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was found (may stay empty)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which board is in your hand?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why it came back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why nobody knows it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Work order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Working. Free: {slots}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Working. Nothing to do for you now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write a note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write it down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write something first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write to the board</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Writes the recipe&apos;s firmware anew and checks it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Yes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>auditor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>busy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>choose a slot</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>claimed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>connected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>engineer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>far</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>firmware {version}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>good</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in trouble</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>near</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not online</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not read yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>operator</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>orders wait</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>plug it in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>proof {seal}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>provisioned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>queued, not verified</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>scanned and right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>since {when}, {who}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>technician</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the LED</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unknown board</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>very far</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>very near</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{code}: not a label of this product.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{code}: nothing to do with this code now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{code}: too short for a code. Scan it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} under way. Closing stops them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} units fit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count}, {hours} h</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count}, {minutes} min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{done} of {total} {unit}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{first}, approved by {second}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{number} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{seconds} s left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{slot} has nothing to retry now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{slot}: {unit}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{station} – provisioning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{title}?</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
