<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>Faults</name>
    <message>
        <source>A PIN is needed here.</source>
        <translation>Hier ist eine PIN nötig.</translation>
    </message>
    <message>
        <source>A board was plugged into a socket that belongs to no slot.</source>
        <translation>Eine Platine steckt in einer Buchse, die zu keinem Platz gehört.</translation>
    </message>
    <message>
        <source>A key is not in the keystore.</source>
        <translation>Ein Schlüssel fehlt im Schlüsselspeicher.</translation>
    </message>
    <message>
        <source>A part of the board does not work.</source>
        <translation>Ein Teil der Platine funktioniert nicht.</translation>
    </message>
    <message>
        <source>A part of the station that this recipe needs is not installed.</source>
        <translation>Ein Teil der Station, den dieses Rezept braucht, ist nicht installiert.</translation>
    </message>
    <message>
        <source>A technician erases it first; the key that is there would be lost.</source>
        <translation>Ein Techniker löscht ihn zuerst; der vorhandene Schlüssel ginge verloren.</translation>
    </message>
    <message>
        <source>Add what tells the two apart, such as an initial.</source>
        <translation>Ergänzen, was die beiden unterscheidet, zum Beispiel einen Buchstaben.</translation>
    </message>
    <message>
        <source>After the flash the board runs another firmware than it should.</source>
        <translation>Nach dem Flashen läuft auf der Platine eine andere Firmware als vorgesehen.</translation>
    </message>
    <message>
        <source>An engineer adds the user to the group that owns the port (dialout on Debian); then sign in anew.</source>
        <translation>Ein Ingenieur nimmt den Benutzer in die Gruppe auf, der der Anschluss gehört (dialout unter Debian); dann neu anmelden.</translation>
    </message>
    <message>
        <source>An engineer checks the cloud&apos;s address and whether a proxy or a login page is in the way.</source>
        <translation>Ein Ingenieur prüft die Adresse der Cloud und ob ein Proxy oder eine Anmeldeseite im Weg ist.</translation>
    </message>
    <message>
        <source>An engineer checks the file and its SHA-256, or has it fetched anew.</source>
        <translation>Ein Ingenieur prüft die Datei und ihren SHA-256 oder lässt sie neu laden.</translation>
    </message>
    <message>
        <source>An engineer checks this computer&apos;s clock, the proxy and the cloud&apos;s address.</source>
        <translation>Ein Ingenieur prüft die Uhr dieses Rechners, den Proxy und die Adresse der Cloud.</translation>
    </message>
    <message>
        <source>An engineer compares the key and the secret with those of the device profile in the cloud.</source>
        <translation>Ein Ingenieur vergleicht Schlüssel und Geheimnis mit denen des Geräteprofils in der Cloud.</translation>
    </message>
    <message>
        <source>An engineer compares the recipe&apos;s strategy with that of the device profile in the cloud.</source>
        <translation>Ein Ingenieur vergleicht die Strategie des Rezepts mit der des Geräteprofils in der Cloud.</translation>
    </message>
    <message>
        <source>An engineer compares the recipe&apos;s transport with that of the device profile in the cloud.</source>
        <translation>Ein Ingenieur vergleicht den Transport des Rezepts mit dem des Geräteprofils in der Cloud.</translation>
    </message>
    <message>
        <source>An engineer corrects the named line of the template.</source>
        <translation>Ein Ingenieur berichtigt die genannte Zeile der Vorlage.</translation>
    </message>
    <message>
        <source>An engineer corrects the named line; &apos;station recipe check&apos; tells more.</source>
        <translation>Ein Ingenieur berichtigt die genannte Zeile; &apos;station recipe check&apos; sagt mehr.</translation>
    </message>
    <message>
        <source>An engineer corrects the printer&apos;s name in the station&apos;s settings, or installs it.</source>
        <translation>Ein Ingenieur berichtigt den Namen des Druckers in den Einstellungen der Station oder richtet ihn ein.</translation>
    </message>
    <message>
        <source>An engineer corrects what is named.</source>
        <translation>Ein Ingenieur berichtigt, was genannt ist.</translation>
    </message>
    <message>
        <source>An engineer deletes devices that are no longer used, or has the limit raised.</source>
        <translation>Ein Ingenieur löscht Geräte, die nicht mehr gebraucht werden, oder lässt die Grenze erhöhen.</translation>
    </message>
    <message>
        <source>An engineer discards the orders that wait, or the unit is brought online to take them.</source>
        <translation>Ein Ingenieur verwirft die wartenden Befehle, oder das Gerät geht online und holt sie ab.</translation>
    </message>
    <message>
        <source>An engineer gives the user the right to print, or chooses another printer.</source>
        <translation>Ein Ingenieur gibt dem Benutzer das Recht zu drucken oder wählt einen anderen Drucker.</translation>
    </message>
    <message>
        <source>An engineer has the recipe wait until the cloud has heard the unit itself.</source>
        <translation>Ein Ingenieur lässt das Rezept warten, bis die Cloud das Gerät selbst gehört hat.</translation>
    </message>
    <message>
        <source>An engineer installs it: the detail has its name.</source>
        <translation>Ein Ingenieur installiert ihn: der Name steht in den Einzelheiten.</translation>
    </message>
    <message>
        <source>An engineer installs it; README says how.</source>
        <translation>Ein Ingenieur installiert es; README sagt, wie.</translation>
    </message>
    <message>
        <source>An engineer looks at the detail: the template may be meant for another kind of printer.</source>
        <translation>Ein Ingenieur sieht sich die Einzelheiten an: die Vorlage ist vielleicht für eine andere Art Drucker.</translation>
    </message>
    <message>
        <source>An engineer makes more with &apos;station serials make&apos;, or imports them; then retry.</source>
        <translation>Ein Ingenieur legt mit &apos;station serials make&apos; neue an oder importiert sie; dann wiederholen.</translation>
    </message>
    <message>
        <source>An engineer names its certificate in the recipe and stores its key in the keystore.</source>
        <translation>Ein Ingenieur nennt ihr Zertifikat im Rezept und legt ihren Schlüssel in den Schlüsselspeicher.</translation>
    </message>
    <message>
        <source>An engineer restores the key &apos;station-seal&apos;, or has tokens gathered again and units provisioned anew: &apos;again = true&apos; in the recipe.</source>
        <translation>Ein Ingenieur stellt den Schlüssel &apos;station-seal&apos; wieder her oder lässt Tokens neu sammeln und Geräte neu einrichten: &apos;again = true&apos; im Rezept.</translation>
    </message>
    <message>
        <source>An engineer sets it up with &apos;station networks add&apos;.</source>
        <translation>Ein Ingenieur richtet es mit &apos;station networks add&apos; ein.</translation>
    </message>
    <message>
        <source>An engineer sets sign_in in the recipe&apos;s [cloud] table and stores the key.</source>
        <translation>Ein Ingenieur setzt sign_in in der Tabelle [cloud] des Rezepts und legt den Schlüssel ab.</translation>
    </message>
    <message>
        <source>An engineer sets the clock, best by NTP, then retry.</source>
        <translation>Ein Ingenieur stellt die Uhr, am besten mit NTP, dann wiederholen.</translation>
    </message>
    <message>
        <source>An engineer sets the provision strategy of the device profile in the cloud.</source>
        <translation>Ein Ingenieur stellt die Strategie des Geräteprofils in der Cloud ein.</translation>
    </message>
    <message>
        <source>An engineer stores it with &apos;station secret set NAME&apos;, or sets its environment variable.</source>
        <translation>Ein Ingenieur legt ihn mit &apos;station secret set NAME&apos; ab oder setzt seine Umgebungsvariable.</translation>
    </message>
    <message>
        <source>An engineer unlocks or mends the keystore, or sets the key&apos;s environment variable.</source>
        <translation>Ein Ingenieur entsperrt oder repariert den Schlüsselspeicher oder setzt die Umgebungsvariable des Schlüssels.</translation>
    </message>
    <message>
        <source>Another device uses the credential that was made for this unit.</source>
        <translation>Ein anderes Gerät benutzt die Zugangsdaten, die für dieses gemacht wurden.</translation>
    </message>
    <message>
        <source>Another program is using this port.</source>
        <translation>Ein anderes Programm benutzt diesen Anschluss.</translation>
    </message>
    <message>
        <source>Another station program is already using this record.</source>
        <translation>Ein anderes Stationsprogramm benutzt diese Aufzeichnung schon.</translation>
    </message>
    <message>
        <source>Another unit in the record has one of this unit&apos;s identities.</source>
        <translation>Ein anderes aufgezeichnetes Gerät hat eine der Kennungen dieses Geräts.</translation>
    </message>
    <message>
        <source>Another unit sits in the slot than before the flash.</source>
        <translation>Am Platz ist ein anderes Gerät als vor dem Flashen.</translation>
    </message>
    <message>
        <source>Ask a second person, who gives a reason and shows badge or PIN.</source>
        <translation>Eine zweite Person bitten, die einen Grund nennt und Ausweis oder PIN zeigt.</translation>
    </message>
    <message>
        <source>Ask another person for badge or PIN.</source>
        <translation>Eine andere Person um Ausweis oder PIN bitten.</translation>
    </message>
    <message>
        <source>Ask somebody whose role allows what the detail names.</source>
        <translation>Jemanden bitten, dessen Rolle erlaubt, was die Einzelheiten nennen.</translation>
    </message>
    <message>
        <source>Call an engineer to free space. No unit is begun until then.</source>
        <translation>Einen Ingenieur rufen, der Platz schafft. Bis dahin wird kein Gerät begonnen.</translation>
    </message>
    <message>
        <source>Call an engineer. No unit is begun until then.</source>
        <translation>Einen Ingenieur rufen. Bis dahin wird kein Gerät begonnen.</translation>
    </message>
    <message>
        <source>Call an engineer: the key is wrong, has expired, or belongs to the other generation of the API.</source>
        <translation>Einen Ingenieur rufen: der Schlüssel ist falsch, abgelaufen oder gehört zur anderen Generation der API.</translation>
    </message>
    <message>
        <source>Call an engineer: the key&apos;s user needs a role that may claim devices.</source>
        <translation>Einen Ingenieur rufen: der Benutzer des Schlüssels braucht eine Rolle, die Geräte übernehmen darf.</translation>
    </message>
    <message>
        <source>Check its antenna and its SIM card, and give it power where there is coverage.</source>
        <translation>Antenne und SIM-Karte prüfen und das Gerät einschalten, wo Empfang ist.</translation>
    </message>
    <message>
        <source>Check that it has power, press its reset button, then retry. Set it aside if it stays silent.</source>
        <translation>Stromversorgung prüfen, Reset-Taste drücken, dann wiederholen. Bleibt die Platine stumm: aussortieren.</translation>
    </message>
    <message>
        <source>Check that its light pulses, hold it nearer, then scan its label again.</source>
        <translation>Prüfen, ob ihr Licht pulst, näher halten, dann das Etikett noch einmal scannen.</translation>
    </message>
    <message>
        <source>Check that its network reaches this place, then retry. Set it aside if it stays away.</source>
        <translation>Prüfen, ob sein Netz hierher reicht, dann wiederholen. Bleibt es weg: aussortieren.</translation>
    </message>
    <message>
        <source>Check that the board has power, hold it nearer, then retry.</source>
        <translation>Stromversorgung der Platine prüfen, näher halten, dann wiederholen.</translation>
    </message>
    <message>
        <source>Check that the network is in reach. If other boards fail too tell an engineer.</source>
        <translation>Prüfen, ob das Netz erreichbar ist. Scheitern auch andere Platinen, einen Ingenieur verständigen.</translation>
    </message>
    <message>
        <source>Check that the printer is switched on and its cable is in, then retry.</source>
        <translation>Prüfen, ob der Drucker eingeschaltet ist und sein Kabel steckt, dann wiederholen.</translation>
    </message>
    <message>
        <source>Check the cable and retry. If it happens again set the unit aside.</source>
        <translation>Kabel prüfen und wiederholen. Geschieht es wieder, das Gerät aussortieren.</translation>
    </message>
    <message>
        <source>Check the network, then retry.</source>
        <translation>Netz prüfen, dann wiederholen.</translation>
    </message>
    <message>
        <source>Check the spelling. &apos;station people list&apos; shows who was named.</source>
        <translation>Schreibweise prüfen. &apos;station people list&apos; zeigt, wer eingetragen ist.</translation>
    </message>
    <message>
        <source>Choose a reason, or type one.</source>
        <translation>Einen Grund wählen oder eingeben.</translation>
    </message>
    <message>
        <source>Choose another PIN.</source>
        <translation>Eine andere PIN wählen.</translation>
    </message>
    <message>
        <source>Choose another name; &apos;station serials list&apos; shows what there is.</source>
        <translation>Einen anderen Namen wählen; &apos;station serials list&apos; zeigt, was es gibt.</translation>
    </message>
    <message>
        <source>Choose another with --data-dir, or give this user the right to write there.</source>
        <translation>Mit --data-dir einen anderen wählen oder diesem Benutzer das Schreibrecht geben.</translation>
    </message>
    <message>
        <source>Choose one from the list; an engineer keeps the lists in station.toml.</source>
        <translation>Einen aus der Liste wählen; ein Ingenieur pflegt die Listen in station.toml.</translation>
    </message>
    <message>
        <source>Choose one from the list; an engineer writes them into the recipe.</source>
        <translation>Eine aus der Liste wählen; ein Ingenieur trägt sie ins Rezept ein.</translation>
    </message>
    <message>
        <source>Choose one of the slots on the screen.</source>
        <translation>Einen der Plätze auf dem Bildschirm wählen.</translation>
    </message>
    <message>
        <source>Choose the work order of its product, then ask for the label again.</source>
        <translation>Den Auftrag seines Produkts wählen, dann das Etikett noch einmal anfordern.</translation>
    </message>
    <message>
        <source>Claim it first. If it was claimed before, an engineer looks for who unclaimed it.</source>
        <translation>Zuerst übernehmen. Wurde es schon einmal übernommen, klärt ein Ingenieur, wer es freigegeben hat.</translation>
    </message>
    <message>
        <source>Close serial terminals and other tools on this computer, then retry.</source>
        <translation>Serielle Terminals und andere Werkzeuge auf diesem Rechner schließen, dann wiederholen.</translation>
    </message>
    <message>
        <source>Close the head until it clicks, then retry.</source>
        <translation>Den Druckkopf schließen, bis er einrastet, dann wiederholen.</translation>
    </message>
    <message>
        <source>Close the other window, or give this one a folder of its own with --data-dir.</source>
        <translation>Das andere Fenster schließen oder diesem mit --data-dir einen eigenen Ordner geben.</translation>
    </message>
    <message>
        <source>Correct the rows that are named, or make the file anew.</source>
        <translation>Die genannten Zeilen berichtigen oder die Datei neu anlegen.</translation>
    </message>
    <message>
        <source>Do what the picture shows, until the light goes off.</source>
        <translation>Tun, was das Bild zeigt, bis das Licht ausgeht.</translation>
    </message>
    <message>
        <source>Fill in what is named, then try again.</source>
        <translation>Ausfüllen, was genannt ist, dann noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Find it by that number: its whole life is there.</source>
        <translation>Unter dieser Nummer suchen: dort steht sein ganzes Leben.</translation>
    </message>
    <message>
        <source>Find the unit again, or take it into the record by hand.</source>
        <translation>Das Gerät noch einmal suchen oder von Hand in die Aufzeichnung aufnehmen.</translation>
    </message>
    <message>
        <source>Give a badge, a PIN, or both.</source>
        <translation>Einen Ausweis, eine PIN oder beides vergeben.</translation>
    </message>
    <message>
        <source>Go on with its open case, or close that one first.</source>
        <translation>Mit dem offenen Fall weitermachen oder ihn zuerst schließen.</translation>
    </message>
    <message>
        <source>Have the station reach its cloud once, or an engineer puts the file in its place.</source>
        <translation>Die Station einmal ihre Cloud erreichen lassen, oder ein Ingenieur legt die Datei an ihren Platz.</translation>
    </message>
    <message>
        <source>Hold its BOOT button, press and let go of reset, let go of BOOT, then retry.</source>
        <translation>Taste BOOT halten, Reset drücken und loslassen, BOOT loslassen, dann wiederholen.</translation>
    </message>
    <message>
        <source>If this is a returned unit a technician sets it up anew. If not, set it aside.</source>
        <translation>Ist es ein zurückgekommenes Gerät, richtet ein Techniker es neu ein. Sonst aussortieren.</translation>
    </message>
    <message>
        <source>If this is a returned unit a technician sets it up anew. If not, two units say the same name: set it aside.</source>
        <translation>Ist es ein zurückgekommenes Gerät, richtet ein Techniker es neu ein. Sonst nennen zwei Geräte denselben Namen: aussortieren.</translation>
    </message>
    <message>
        <source>Install a real keystore (gnome-keyring or KWallet), or use the environment variable.</source>
        <translation>Einen richtigen Schlüsselspeicher installieren (gnome-keyring oder KWallet) oder die Umgebungsvariable benutzen.</translation>
    </message>
    <message>
        <source>Install that version or a later one.</source>
        <translation>Diese oder eine spätere Version installieren.</translation>
    </message>
    <message>
        <source>Leave the board in its slot: the station asks again by itself.</source>
        <translation>Die Platine am Platz lassen: die Station fragt von selbst noch einmal.</translation>
    </message>
    <message>
        <source>Let its run pass first: the label is printed at its end.</source>
        <translation>Zuerst seinen Lauf bestehen lassen: das Etikett wird am Ende gedruckt.</translation>
    </message>
    <message>
        <source>Look at the printer. On the next try scan the label if it came out, or say no.</source>
        <translation>Nach dem Drucker sehen. Beim nächsten Versuch das Etikett scannen, wenn es herauskam, sonst Nein sagen.</translation>
    </message>
    <message>
        <source>Look at the printer: put in labels or ribbon, close its head, then retry.</source>
        <translation>Nach dem Drucker sehen: Etiketten oder Farbband einlegen, Kopf schließen, dann wiederholen.</translation>
    </message>
    <message>
        <source>ModemManager is using this port.</source>
        <translation>ModemManager benutzt diesen Anschluss.</translation>
    </message>
    <message>
        <source>Name an engineer first: from then on nobody is let in who was not named.</source>
        <translation>Zuerst einen Ingenieur eintragen: von da an kommt niemand hinein, der nicht eingetragen ist.</translation>
    </message>
    <message>
        <source>Name another engineer first.</source>
        <translation>Zuerst einen weiteren Ingenieur eintragen.</translation>
    </message>
    <message>
        <source>No board sits in this slot.</source>
        <translation>An diesem Platz ist keine Platine.</translation>
    </message>
    <message>
        <source>No serial number is left for this unit.</source>
        <translation>Für dieses Gerät ist keine Seriennummer übrig.</translation>
    </message>
    <message>
        <source>No such board is on the air.</source>
        <translation>Diese Platine ist nicht auf Funk zu hören.</translation>
    </message>
    <message>
        <source>Nobody can approve what they ask for themselves.</source>
        <translation>Niemand kann genehmigen, worum er selbst bittet.</translation>
    </message>
    <message>
        <source>Nobody can say whether the label was printed.</source>
        <translation>Niemand kann sagen, ob das Etikett gedruckt wurde.</translation>
    </message>
    <message>
        <source>Nobody is signed in without a name.</source>
        <translation>Ohne Namen wird niemand angemeldet.</translation>
    </message>
    <message>
        <source>Nobody is signed in.</source>
        <translation>Niemand ist angemeldet.</translation>
    </message>
    <message>
        <source>Nobody of this name works at this station.</source>
        <translation>Niemand dieses Namens arbeitet an dieser Station.</translation>
    </message>
    <message>
        <source>Nobody was named here yet, and the first has to be an engineer.</source>
        <translation>Hier ist noch niemand eingetragen, und der erste muss ein Ingenieur sein.</translation>
    </message>
    <message>
        <source>Only the unit itself can log in to the cloud: its key never left it.</source>
        <translation>Nur das Gerät selbst kann sich bei der Cloud anmelden: sein Schlüssel hat es nie verlassen.</translation>
    </message>
    <message>
        <source>Open a case for it: say why it came back.</source>
        <translation>Einen Fall dafür anlegen: sagen, warum es zurückkam.</translation>
    </message>
    <message>
        <source>Plug in a Bluetooth adapter, or ask an engineer to start the Bluetooth service.</source>
        <translation>Einen Bluetooth-Adapter einstecken oder einen Ingenieur bitten, den Bluetooth-Dienst zu starten.</translation>
    </message>
    <message>
        <source>Plug it in. An engineer compares the recipe&apos;s probe with what &apos;pyocd list&apos; shows.</source>
        <translation>Ihn einstecken. Ein Ingenieur vergleicht den Debugger des Rezepts mit dem, was &apos;pyocd list&apos; zeigt.</translation>
    </message>
    <message>
        <source>Plug it into one of the slots; an engineer can teach this socket in station.toml.</source>
        <translation>Sie an einem der Plätze einstecken; ein Ingenieur kann diese Buchse in station.toml anlernen.</translation>
    </message>
    <message>
        <source>Plug the board in again, firmly.</source>
        <translation>Die Platine noch einmal fest einstecken.</translation>
    </message>
    <message>
        <source>Plug the board in again, or correct the port&apos;s name.</source>
        <translation>Die Platine noch einmal einstecken oder den Namen des Anschlusses berichtigen.</translation>
    </message>
    <message>
        <source>Plug the board into the socket of the slot that the screen names.</source>
        <translation>Die Platine in die Buchse des Platzes stecken, den der Bildschirm nennt.</translation>
    </message>
    <message>
        <source>Plug the scanner in again. Everything can be done by keyboard meanwhile.</source>
        <translation>Den Scanner wieder einstecken. Solange geht alles mit der Tastatur.</translation>
    </message>
    <message>
        <source>Plug the unit in, then try again.</source>
        <translation>Das Gerät einstecken, dann noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Press its reset button twice, quickly, then retry. If it happens again set it aside.</source>
        <translation>Ihre Reset-Taste zweimal schnell drücken, dann wiederholen. Geschieht es wieder: aussortieren.</translation>
    </message>
    <message>
        <source>Press its reset button, or plug it in again, then retry.</source>
        <translation>Ihre Reset-Taste drücken oder sie neu einstecken, dann wiederholen.</translation>
    </message>
    <message>
        <source>Press the board&apos;s reset button, or unplug it and plug it in again, then retry.</source>
        <translation>Die Reset-Taste der Platine drücken oder sie aus- und wieder einstecken, dann wiederholen.</translation>
    </message>
    <message>
        <source>Press the printer&apos;s pause key, or have the print queue started again, then retry.</source>
        <translation>Die Pausetaste des Druckers drücken oder die Druckwarteschlange wieder starten lassen, dann wiederholen.</translation>
    </message>
    <message>
        <source>Provisioning is switched off for this product in the cloud.</source>
        <translation>Die Einrichtung ist für dieses Produkt in der Cloud abgeschaltet.</translation>
    </message>
    <message>
        <source>Put in a new ribbon, press the printer&apos;s pause key, then retry.</source>
        <translation>Ein neues Farbband einlegen, die Pausetaste des Druckers drücken, dann wiederholen.</translation>
    </message>
    <message>
        <source>Put in a new roll, press the printer&apos;s feed key, then retry.</source>
        <translation>Eine neue Rolle einlegen, die Vorschubtaste des Druckers drücken, dann wiederholen.</translation>
    </message>
    <message>
        <source>Put it into the bin for scrap. If it should not be there tell an engineer.</source>
        <translation>In den Behälter für Ausschuss legen. Gehört es nicht dorthin, einen Ingenieur verständigen.</translation>
    </message>
    <message>
        <source>Put the board on a USB cable: the station brings it up to date there.</source>
        <translation>Die Platine an ein USB-Kabel stecken: dort bringt die Station sie auf den neuesten Stand.</translation>
    </message>
    <message>
        <source>Put the first unit back and retry. Set the other one aside: it may have been flashed.</source>
        <translation>Das erste Gerät zurückstecken und wiederholen. Das andere aussortieren: es wurde vielleicht geflasht.</translation>
    </message>
    <message>
        <source>Put the right unit into the slot, or find this one on the Rework page.</source>
        <translation>Das richtige Gerät an den Platz stecken oder dieses auf der Seite Nacharbeit suchen.</translation>
    </message>
    <message>
        <source>Put the unit in again: the station goes on from what is already true.</source>
        <translation>Das Gerät wieder einstecken: die Station macht weiter, wo sie war.</translation>
    </message>
    <message>
        <source>Retry once, then tell an engineer.</source>
        <translation>Einmal wiederholen, dann einen Ingenieur verständigen.</translation>
    </message>
    <message>
        <source>Retry once. If it happens again do not ship the unit.</source>
        <translation>Einmal wiederholen. Geschieht es wieder, das Gerät nicht ausliefern.</translation>
    </message>
    <message>
        <source>Retry once. If it happens again do not ship the unit: tell an engineer.</source>
        <translation>Einmal wiederholen. Geschieht es wieder, das Gerät nicht ausliefern: einen Ingenieur verständigen.</translation>
    </message>
    <message>
        <source>Retry once. If it happens again set the unit aside for reflashing.</source>
        <translation>Einmal wiederholen. Geschieht es wieder, das Gerät zum Flashen aussortieren.</translation>
    </message>
    <message>
        <source>Retry once. If it happens again set the unit aside for repair.</source>
        <translation>Einmal wiederholen. Geschieht es wieder, das Gerät zur Reparatur aussortieren.</translation>
    </message>
    <message>
        <source>Retry once. If it happens again set the unit aside.</source>
        <translation>Einmal wiederholen. Geschieht es wieder, das Gerät aussortieren.</translation>
    </message>
    <message>
        <source>Retry once. If it happens again tell an engineer: somebody else may have changed it.</source>
        <translation>Einmal wiederholen. Geschieht es wieder, einen Ingenieur verständigen: vielleicht hat jemand sie geändert.</translation>
    </message>
    <message>
        <source>Retry once. If it happens again tell an engineer: the recipe&apos;s image or version is wrong.</source>
        <translation>Einmal wiederholen. Geschieht es wieder, einen Ingenieur verständigen: Image oder Version des Rezepts ist falsch.</translation>
    </message>
    <message>
        <source>Retry the unit, or set it aside for a technician.</source>
        <translation>Das Gerät wiederholen oder für einen Techniker aussortieren.</translation>
    </message>
    <message>
        <source>Retry when ready.</source>
        <translation>Wiederholen, sobald es passt.</translation>
    </message>
    <message>
        <source>Retry with the label of the unit in this slot. If it was that one, set the unit aside.</source>
        <translation>Mit dem Etikett des Geräts an diesem Platz wiederholen. War es das, das Gerät aussortieren.</translation>
    </message>
    <message>
        <source>Retry. If it happens again give the log file to an engineer.</source>
        <translation>Wiederholen. Geschieht es wieder, die Protokolldatei einem Ingenieur geben.</translation>
    </message>
    <message>
        <source>Retry. If it happens again set the unit aside and tell an engineer.</source>
        <translation>Wiederholen. Geschieht es wieder, das Gerät aussortieren und einen Ingenieur verständigen.</translation>
    </message>
    <message>
        <source>Retry. If it happens again set the unit aside.</source>
        <translation>Wiederholen. Geschieht es wieder, das Gerät aussortieren.</translation>
    </message>
    <message>
        <source>Retry: the station makes another. Tell an engineer if it happens again.</source>
        <translation>Wiederholen: die Station macht neue. Geschieht es wieder, einen Ingenieur verständigen.</translation>
    </message>
    <message>
        <source>Scan it again. If it goes on an engineer checks the scanner&apos;s settings.</source>
        <translation>Noch einmal scannen. Bleibt es so, prüft ein Ingenieur die Einstellungen des Scanners.</translation>
    </message>
    <message>
        <source>Scan the badge. An engineer sets what badges look like in the station&apos;s settings.</source>
        <translation>Den Ausweis scannen. Wie Ausweise aussehen, stellt ein Ingenieur in den Einstellungen der Station ein.</translation>
    </message>
    <message>
        <source>Scan the label of the board in your hand, or choose it from the list.</source>
        <translation>Das Etikett der Platine in der Hand scannen oder sie aus der Liste wählen.</translation>
    </message>
    <message>
        <source>Scan the order&apos;s sheet again. An engineer adds orders with &apos;station orders add&apos;.</source>
        <translation>Den Auftrag noch einmal scannen. Ein Ingenieur fügt Aufträge mit &apos;station orders add&apos; hinzu.</translation>
    </message>
    <message>
        <source>Scan your own badge, or sign in with name and PIN. An engineer names people.</source>
        <translation>Den eigenen Ausweis scannen oder mit Name und PIN anmelden. Ein Ingenieur trägt Personen ein.</translation>
    </message>
    <message>
        <source>Scrap it, or have an engineer approve of one more time.</source>
        <translation>Verschrotten, oder ein Ingenieur genehmigt ein weiteres Mal.</translation>
    </message>
    <message>
        <source>Set both units aside and tell an engineer.</source>
        <translation>Beide Geräte aussortieren und einen Ingenieur verständigen.</translation>
    </message>
    <message>
        <source>Set it aside for a modem firmware update, or use a recipe made for this hardware.</source>
        <translation>Für ein Update der Modem-Firmware aussortieren oder ein Rezept für diese Hardware benutzen.</translation>
    </message>
    <message>
        <source>Set the unit aside and tell an engineer.</source>
        <translation>Das Gerät aussortieren und einen Ingenieur verständigen.</translation>
    </message>
    <message>
        <source>Set the unit aside and tell an engineer: its identity can&apos;t be trusted.</source>
        <translation>Das Gerät aussortieren und einen Ingenieur verständigen: seiner Identität ist nicht zu trauen.</translation>
    </message>
    <message>
        <source>Set the unit aside for an update of its Wi-Fi firmware.</source>
        <translation>Das Gerät für ein Update seiner Wi-Fi-Firmware aussortieren.</translation>
    </message>
    <message>
        <source>Set the unit aside for repair.</source>
        <translation>Das Gerät zur Reparatur aussortieren.</translation>
    </message>
    <message>
        <source>Set the unit aside. An engineer deletes or renames the other device, or sees to the name&apos;s pattern.</source>
        <translation>Das Gerät aussortieren. Ein Ingenieur löscht das andere, benennt es um oder ändert das Muster des Namens.</translation>
    </message>
    <message>
        <source>Set the unit aside. An engineer looks at the name&apos;s pattern in the recipe.</source>
        <translation>Das Gerät aussortieren. Ein Ingenieur prüft das Muster des Namens im Rezept.</translation>
    </message>
    <message>
        <source>Set the unit aside. An engineer looks at the named field and line of the template.</source>
        <translation>Das Gerät aussortieren. Ein Ingenieur prüft das genannte Feld und die Zeile der Vorlage.</translation>
    </message>
    <message>
        <source>Set the unit aside. An engineer looks for its name in the cloud; with an engineer&apos;s key in the keystore the station says more.</source>
        <translation>Das Gerät aussortieren. Ein Ingenieur sucht seinen Namen in der Cloud; mit dem Schlüssel eines Ingenieurs im Schlüsselspeicher sagt die Station mehr.</translation>
    </message>
    <message>
        <source>Set the unit aside. An engineer registers it, or finds out where it comes from.</source>
        <translation>Das Gerät aussortieren. Ein Ingenieur meldet es an oder klärt, woher es kommt.</translation>
    </message>
    <message>
        <source>Set the unit aside: it takes none but signed or encrypted images. Tell an engineer.</source>
        <translation>Das Gerät aussortieren: es nimmt nur signierte oder verschlüsselte Images. Einen Ingenieur verständigen.</translation>
    </message>
    <message>
        <source>Set the unit aside: its present owner must unclaim it first.</source>
        <translation>Das Gerät aussortieren: sein jetziger Besitzer muss es zuerst freigeben.</translation>
    </message>
    <message>
        <source>Several boards are near, and nobody can say which one is meant.</source>
        <translation>Mehrere Platinen sind in der Nähe, und niemand weiß, welche gemeint ist.</translation>
    </message>
    <message>
        <source>Sign in first: F2.</source>
        <translation>Zuerst anmelden: F2.</translation>
    </message>
    <message>
        <source>Sign in without a recipe, wait until all slots are at rest, then teach them.</source>
        <translation>Ohne Rezept anmelden, warten, bis alle Plätze ruhen, dann anlernen.</translation>
    </message>
    <message>
        <source>Slots can&apos;t be taught while units are being worked on.</source>
        <translation>Plätze können nicht angelernt werden, solange an Geräten gearbeitet wird.</translation>
    </message>
    <message>
        <source>Somebody of this name works at this station already.</source>
        <translation>Jemand dieses Namens arbeitet schon an dieser Station.</translation>
    </message>
    <message>
        <source>Something is being done in this slot.</source>
        <translation>An diesem Platz wird gerade gearbeitet.</translation>
    </message>
    <message>
        <source>Something that is not the cloud answered.</source>
        <translation>Geantwortet hat etwas, das nicht die Cloud ist.</translation>
    </message>
    <message>
        <source>Something that must be said was left empty.</source>
        <translation>Etwas, das gesagt werden muss, ist leer geblieben.</translation>
    </message>
    <message>
        <source>Stopped by the operator.</source>
        <translation>Vom Bediener gestoppt.</translation>
    </message>
    <message>
        <source>Switch Bluetooth on, then retry.</source>
        <translation>Bluetooth einschalten, dann wiederholen.</translation>
    </message>
    <message>
        <source>Switch its power off and on again, and leave its cable in.</source>
        <translation>Strom aus- und wieder einschalten, das Kabel stecken lassen.</translation>
    </message>
    <message>
        <source>Take another badge, or take it away from whoever has it.</source>
        <translation>Einen anderen Ausweis nehmen oder ihn dem wegnehmen, der ihn hat.</translation>
    </message>
    <message>
        <source>Take it off and have it printed again, then retry.</source>
        <translation>Abziehen und noch einmal drucken lassen, dann wiederholen.</translation>
    </message>
    <message>
        <source>Take it out and check which work order it belongs to.</source>
        <translation>Herausnehmen und prüfen, zu welchem Auftrag sie gehört.</translation>
    </message>
    <message>
        <source>Tell an engineer: the record has the cloud&apos;s own words.</source>
        <translation>Einen Ingenieur verständigen: die Worte der Cloud sind aufgezeichnet.</translation>
    </message>
    <message>
        <source>That code did not come over whole.</source>
        <translation>Dieser Code kam nicht ganz an.</translation>
    </message>
    <message>
        <source>The Bluetooth connection to the board was lost.</source>
        <translation>Die Bluetooth-Verbindung zur Platine ist abgebrochen.</translation>
    </message>
    <message>
        <source>The attestation token does not belong to this board.</source>
        <translation>Das Echtheits-Token gehört nicht zu dieser Platine.</translation>
    </message>
    <message>
        <source>The board already holds a key in this place.</source>
        <translation>Die Platine hat an dieser Stelle schon einen Schlüssel.</translation>
    </message>
    <message>
        <source>The board could not be flashed.</source>
        <translation>Die Platine konnte nicht geflasht werden.</translation>
    </message>
    <message>
        <source>The board could not carry out what the cloud ordered.</source>
        <translation>Die Platine konnte den Befehl der Cloud nicht ausführen.</translation>
    </message>
    <message>
        <source>The board could not join the network.</source>
        <translation>Die Platine konnte dem Netz nicht beitreten.</translation>
    </message>
    <message>
        <source>The board did not come back after it was restarted.</source>
        <translation>Die Platine kam nach dem Neustart nicht wieder.</translation>
    </message>
    <message>
        <source>The board did not keep what was written to it.</source>
        <translation>Die Platine hat nicht behalten, was ihr geschrieben wurde.</translation>
    </message>
    <message>
        <source>The board does not answer.</source>
        <translation>Die Platine antwortet nicht.</translation>
    </message>
    <message>
        <source>The board does not run the sketch that this work needs.</source>
        <translation>Auf der Platine läuft nicht der Sketch, der hier nötig ist.</translation>
    </message>
    <message>
        <source>The board in the slot is not the unit that is meant. Nothing was done to it.</source>
        <translation>Die Platine am Platz ist nicht das gemeinte Gerät. An ihr wurde nichts getan.</translation>
    </message>
    <message>
        <source>The board is alive, but its receiver hangs.</source>
        <translation>Die Platine lebt, aber ihr Empfänger hängt.</translation>
    </message>
    <message>
        <source>The board waits for a hand.</source>
        <translation>Die Platine wartet auf eine Hand.</translation>
    </message>
    <message>
        <source>The board was unplugged, or its cable lost contact.</source>
        <translation>Die Platine wurde ausgesteckt, oder ihr Kabel hat keinen Kontakt.</translation>
    </message>
    <message>
        <source>The board&apos;s answers are garbled.</source>
        <translation>Die Antworten der Platine sind verstümmelt.</translation>
    </message>
    <message>
        <source>The board&apos;s attestation token is cut short or garbled.</source>
        <translation>Das Echtheits-Token der Platine ist unvollständig oder verstümmelt.</translation>
    </message>
    <message>
        <source>The board&apos;s firmware refused a command.</source>
        <translation>Die Firmware der Platine hat einen Befehl abgelehnt.</translation>
    </message>
    <message>
        <source>The board&apos;s flash does not keep what is written.</source>
        <translation>Der Flash-Speicher der Platine behält nicht, was geschrieben wird.</translation>
    </message>
    <message>
        <source>The board&apos;s key is not the one that it should have.</source>
        <translation>Der Schlüssel der Platine ist nicht der, den sie haben sollte.</translation>
    </message>
    <message>
        <source>The board&apos;s sketch is older than its cloud takes, and it can&apos;t be changed this way.</source>
        <translation>Der Sketch der Platine ist älter, als ihre Cloud annimmt, und so nicht zu ändern.</translation>
    </message>
    <message>
        <source>The chip&apos;s boot loader does not answer.</source>
        <translation>Der Bootloader des Chips antwortet nicht.</translation>
    </message>
    <message>
        <source>The chip&apos;s security fuses forbid this image.</source>
        <translation>Die Sicherungen des Chips verbieten dieses Image.</translation>
    </message>
    <message>
        <source>The cloud account holds as many devices as it may.</source>
        <translation>Das Cloud-Konto hat so viele Geräte, wie es haben darf.</translation>
    </message>
    <message>
        <source>The cloud asks the station to slow down.</source>
        <translation>Die Cloud bittet die Station, langsamer zu machen.</translation>
    </message>
    <message>
        <source>The cloud can&apos;t be reached.</source>
        <translation>Die Cloud ist nicht erreichbar.</translation>
    </message>
    <message>
        <source>The cloud can&apos;t call a device by this unit&apos;s name.</source>
        <translation>Die Cloud kann kein Gerät so nennen, wie dieses heißt.</translation>
    </message>
    <message>
        <source>The cloud did not answer in time.</source>
        <translation>Die Cloud hat nicht rechtzeitig geantwortet.</translation>
    </message>
    <message>
        <source>The cloud did not register this unit.</source>
        <translation>Die Cloud hat dieses Gerät nicht registriert.</translation>
    </message>
    <message>
        <source>The cloud did not say whether this was done.</source>
        <translation>Die Cloud hat nicht gesagt, ob dies getan wurde.</translation>
    </message>
    <message>
        <source>The cloud does not accept the station&apos;s key.</source>
        <translation>Die Cloud nimmt den Schlüssel der Station nicht an.</translation>
    </message>
    <message>
        <source>The cloud does not accept this board&apos;s attestation token.</source>
        <translation>Die Cloud nimmt das Echtheits-Token dieser Platine nicht an.</translation>
    </message>
    <message>
        <source>The cloud does not hold this unit for us.</source>
        <translation>Dieses Gerät gehört in der Cloud nicht uns.</translation>
    </message>
    <message>
        <source>The cloud does not let devices of this product in by this transport.</source>
        <translation>Die Cloud lässt Geräte dieses Produkts über diesen Transport nicht ein.</translation>
    </message>
    <message>
        <source>The cloud does not let the unit in with its new credential.</source>
        <translation>Die Cloud lässt das Gerät mit seinen neuen Zugangsdaten nicht ein.</translation>
    </message>
    <message>
        <source>The cloud has a device of this unit&apos;s name already.</source>
        <translation>Die Cloud hat schon ein Gerät dieses Namens.</translation>
    </message>
    <message>
        <source>The cloud has a device of this unit&apos;s name as another product.</source>
        <translation>Die Cloud hat ein Gerät dieses Namens als anderes Produkt.</translation>
    </message>
    <message>
        <source>The cloud has a fault of its own.</source>
        <translation>Die Cloud hat selbst eine Störung.</translation>
    </message>
    <message>
        <source>The cloud has provisioned this unit before.</source>
        <translation>Die Cloud hat dieses Gerät schon einmal eingerichtet.</translation>
    </message>
    <message>
        <source>The cloud holds as many orders for this unit as it can.</source>
        <translation>Die Cloud hat so viele Befehle für dieses Gerät, wie sie haben kann.</translation>
    </message>
    <message>
        <source>The cloud knows no product with this provision key and secret.</source>
        <translation>Die Cloud kennt kein Produkt mit diesem Schlüssel und Geheimnis.</translation>
    </message>
    <message>
        <source>The cloud provisions this product in another way than the recipe says.</source>
        <translation>Die Cloud richtet dieses Produkt anders ein, als das Rezept sagt.</translation>
    </message>
    <message>
        <source>The cloud refused the request.</source>
        <translation>Die Cloud hat die Anfrage abgelehnt.</translation>
    </message>
    <message>
        <source>The cloud refused to provision this unit, and does not say why.</source>
        <translation>Die Cloud hat die Einrichtung dieses Geräts abgelehnt und sagt nicht, warum.</translation>
    </message>
    <message>
        <source>The cloud still lets the unit in with what it had.</source>
        <translation>Die Cloud lässt das Gerät noch mit seinen alten Daten ein.</translation>
    </message>
    <message>
        <source>The cloud&apos;s certificate can&apos;t be verified.</source>
        <translation>Das Zertifikat der Cloud kann nicht geprüft werden.</translation>
    </message>
    <message>
        <source>The debug probe for this slot is not there.</source>
        <translation>Der Debugger für diesen Platz ist nicht da.</translation>
    </message>
    <message>
        <source>The disk is full: nothing can be recorded.</source>
        <translation>Die Platte ist voll: nichts kann aufgezeichnet werden.</translation>
    </message>
    <message>
        <source>The factory&apos;s lists have no such code.</source>
        <translation>Die Listen des Werks haben keinen solchen Code.</translation>
    </message>
    <message>
        <source>The file has a mistake.</source>
        <translation>Die Datei hat einen Fehler.</translation>
    </message>
    <message>
        <source>The firmware of the board&apos;s Wi-Fi module is older than its cloud takes.</source>
        <translation>Die Firmware des Wi-Fi-Moduls der Platine ist älter, als ihre Cloud annimmt.</translation>
    </message>
    <message>
        <source>The image to be flashed is not here and can&apos;t be fetched.</source>
        <translation>Das Image zum Flashen ist nicht hier und kann nicht geladen werden.</translation>
    </message>
    <message>
        <source>The image to be flashed is not the one that it should be.</source>
        <translation>Das Image zum Flashen ist nicht das, das es sein sollte.</translation>
    </message>
    <message>
        <source>The label of this unit belongs to another recipe.</source>
        <translation>Das Etikett dieses Geräts gehört zu einem anderen Rezept.</translation>
    </message>
    <message>
        <source>The label printer does not answer.</source>
        <translation>Der Etikettendrucker antwortet nicht.</translation>
    </message>
    <message>
        <source>The label printer does not say how it is, as it did before.</source>
        <translation>Der Etikettendrucker sagt nicht mehr, wie es ihm geht.</translation>
    </message>
    <message>
        <source>The label printer is out of labels.</source>
        <translation>Der Etikettendrucker hat keine Etiketten mehr.</translation>
    </message>
    <message>
        <source>The label printer is paused.</source>
        <translation>Der Etikettendrucker ist angehalten.</translation>
    </message>
    <message>
        <source>The label printer takes no more work for the moment.</source>
        <translation>Der Etikettendrucker nimmt im Augenblick nichts mehr an.</translation>
    </message>
    <message>
        <source>The label printer&apos;s head is open.</source>
        <translation>Der Kopf des Etikettendruckers ist offen.</translation>
    </message>
    <message>
        <source>The label printer&apos;s head is too hot or too cold.</source>
        <translation>Der Kopf des Etikettendruckers ist zu heiß oder zu kalt.</translation>
    </message>
    <message>
        <source>The label printer&apos;s ribbon has run out.</source>
        <translation>Das Farbband des Etikettendruckers ist zu Ende.</translation>
    </message>
    <message>
        <source>The label that was printed can&apos;t be read.</source>
        <translation>Das gedruckte Etikett ist nicht lesbar.</translation>
    </message>
    <message>
        <source>The label that was scanned is not the label of this unit.</source>
        <translation>Das gescannte Etikett ist nicht das dieses Geräts.</translation>
    </message>
    <message>
        <source>The label&apos;s template has a mistake.</source>
        <translation>Die Vorlage des Etiketts hat einen Fehler.</translation>
    </message>
    <message>
        <source>The name or the PIN is wrong.</source>
        <translation>Name oder PIN ist falsch.</translation>
    </message>
    <message>
        <source>The network that the recipe names is not set up on this station.</source>
        <translation>Das Netz, das das Rezept nennt, ist an dieser Station nicht eingerichtet.</translation>
    </message>
    <message>
        <source>The port is not there.</source>
        <translation>Der Anschluss ist nicht da.</translation>
    </message>
    <message>
        <source>The printer does not take this label.</source>
        <translation>Der Drucker nimmt dieses Etikett nicht an.</translation>
    </message>
    <message>
        <source>The program that flashes this board is not installed.</source>
        <translation>Das Programm, das diese Platine flasht, ist nicht installiert.</translation>
    </message>
    <message>
        <source>The recipe has a mistake.</source>
        <translation>Das Rezept hat einen Fehler.</translation>
    </message>
    <message>
        <source>The recipe has no such rework.</source>
        <translation>Das Rezept hat keine solche Nacharbeit.</translation>
    </message>
    <message>
        <source>The record can&apos;t be written.</source>
        <translation>Die Aufzeichnung kann nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>The record has no such unit.</source>
        <translation>Dieses Gerät ist nicht aufgezeichnet.</translation>
    </message>
    <message>
        <source>The record knows this unit already.</source>
        <translation>Dieses Gerät ist schon aufgezeichnet.</translation>
    </message>
    <message>
        <source>The record was written by a newer version of the station.</source>
        <translation>Die Aufzeichnung stammt von einer neueren Version der Station.</translation>
    </message>
    <message>
        <source>The scanner on the serial port is not there.</source>
        <translation>Der Scanner am seriellen Anschluss ist nicht da.</translation>
    </message>
    <message>
        <source>The station does not know this work order.</source>
        <translation>Die Station kennt diesen Auftrag nicht.</translation>
    </message>
    <message>
        <source>The station made a mistake of its own.</source>
        <translation>Die Station hat selbst einen Fehler gemacht.</translation>
    </message>
    <message>
        <source>The station stopped in the middle of this run.</source>
        <translation>Die Station hielt mitten in diesem Lauf an.</translation>
    </message>
    <message>
        <source>The station works on as many boards by Bluetooth as it can.</source>
        <translation>Die Station bearbeitet über Bluetooth so viele Platinen, wie sie kann.</translation>
    </message>
    <message>
        <source>The station&apos;s folder can&apos;t be written.</source>
        <translation>Der Ordner der Station kann nicht beschrieben werden.</translation>
    </message>
    <message>
        <source>The station&apos;s key is not allowed to do this.</source>
        <translation>Der Schlüssel der Station darf das nicht.</translation>
    </message>
    <message>
        <source>The station&apos;s own certificate authority is not to be had.</source>
        <translation>Die eigene Zertifizierungsstelle der Station ist nicht zu bekommen.</translation>
    </message>
    <message>
        <source>The station&apos;s settings have a mistake.</source>
        <translation>Die Einstellungen der Station haben einen Fehler.</translation>
    </message>
    <message>
        <source>The unit did not come to its cloud by itself.</source>
        <translation>Das Gerät kam nicht von selbst in seine Cloud.</translation>
    </message>
    <message>
        <source>The unit still holds credentials after they were erased.</source>
        <translation>Das Gerät hat nach dem Löschen noch Zugangsdaten.</translation>
    </message>
    <message>
        <source>The unit was claimed but never came online.</source>
        <translation>Das Gerät wurde übernommen, kam aber nie online.</translation>
    </message>
    <message>
        <source>There is no reason given.</source>
        <translation>Es ist kein Grund angegeben.</translation>
    </message>
    <message>
        <source>There is no such printer on this computer.</source>
        <translation>Auf diesem Rechner gibt es keinen solchen Drucker.</translation>
    </message>
    <message>
        <source>There is no such slot.</source>
        <translation>Einen solchen Platz gibt es nicht.</translation>
    </message>
    <message>
        <source>There is such a pool of serial numbers already.</source>
        <translation>Einen solchen Vorrat an Seriennummern gibt es schon.</translation>
    </message>
    <message>
        <source>There were too many wrong tries.</source>
        <translation>Es gab zu viele falsche Versuche.</translation>
    </message>
    <message>
        <source>This badge is nobody&apos;s here.</source>
        <translation>Dieser Ausweis gehört hier niemandem.</translation>
    </message>
    <message>
        <source>This badge is somebody else&apos;s.</source>
        <translation>Dieser Ausweis gehört jemand anderem.</translation>
    </message>
    <message>
        <source>This board can&apos;t be claimed by its cloud.</source>
        <translation>Diese Platine kann ihre Cloud nicht übernehmen.</translation>
    </message>
    <message>
        <source>This board can&apos;t be told to ask its cloud.</source>
        <translation>Dieser Platine kann man nicht sagen, dass sie ihre Cloud fragen soll.</translation>
    </message>
    <message>
        <source>This board is not the product of this work order.</source>
        <translation>Diese Platine ist nicht das Produkt dieses Auftrags.</translation>
    </message>
    <message>
        <source>This can&apos;t be a PIN: it takes 4 to 12 digits, and not such as 1111 or 1234.</source>
        <translation>Das kann keine PIN sein: sie hat 4 bis 12 Ziffern und heißt nicht 1111 oder 1234.</translation>
    </message>
    <message>
        <source>This computer has no Bluetooth that the station can use.</source>
        <translation>Dieser Rechner hat kein Bluetooth, das die Station nutzen kann.</translation>
    </message>
    <message>
        <source>This computer&apos;s Bluetooth is switched off.</source>
        <translation>Das Bluetooth dieses Rechners ist ausgeschaltet.</translation>
    </message>
    <message>
        <source>This computer&apos;s clock is wrong.</source>
        <translation>Die Uhr dieses Rechners geht falsch.</translation>
    </message>
    <message>
        <source>This computer&apos;s keystore fails when it is asked for a key.</source>
        <translation>Der Schlüsselspeicher dieses Rechners versagt, wenn er nach einem Schlüssel gefragt wird.</translation>
    </message>
    <message>
        <source>This computer&apos;s keystore would keep secrets in plain text.</source>
        <translation>Der Schlüsselspeicher dieses Rechners würde Geheimnisse im Klartext aufbewahren.</translation>
    </message>
    <message>
        <source>This does not read as a badge at this station.</source>
        <translation>Das ist an dieser Station kein Ausweis.</translation>
    </message>
    <message>
        <source>This failure is none that may be skipped.</source>
        <translation>Dieser Fehler darf nicht übergangen werden.</translation>
    </message>
    <message>
        <source>This goes against the rule: a second person has to approve it.</source>
        <translation>Das ist gegen die Regel: eine zweite Person muss es genehmigen.</translation>
    </message>
    <message>
        <source>This is the last engineer of this station.</source>
        <translation>Das ist der letzte Ingenieur dieser Station.</translation>
    </message>
    <message>
        <source>This needs an engineer&apos;s key to the cloud, and the recipe names none.</source>
        <translation>Dafür ist der Cloud-Schlüssel eines Ingenieurs nötig, und das Rezept nennt keinen.</translation>
    </message>
    <message>
        <source>This socket was taught already, for another slot.</source>
        <translation>Diese Buchse ist schon für einen anderen Platz angelernt.</translation>
    </message>
    <message>
        <source>This step took too long.</source>
        <translation>Dieser Schritt hat zu lange gedauert.</translation>
    </message>
    <message>
        <source>This unit already belongs to another team in the cloud.</source>
        <translation>Dieses Gerät gehört in der Cloud schon einem anderen Team.</translation>
    </message>
    <message>
        <source>This unit is in rework already.</source>
        <translation>Dieses Gerät ist schon in Nacharbeit.</translation>
    </message>
    <message>
        <source>This unit is not in rework.</source>
        <translation>Dieses Gerät ist nicht in Nacharbeit.</translation>
    </message>
    <message>
        <source>This unit is not on the cloud&apos;s list of units to come.</source>
        <translation>Dieses Gerät steht nicht auf der Liste der Cloud für kommende Geräte.</translation>
    </message>
    <message>
        <source>This unit was never given a label here.</source>
        <translation>Dieses Gerät hat hier nie ein Etikett bekommen.</translation>
    </message>
    <message>
        <source>This unit was reworked as often as the factory allows.</source>
        <translation>Dieses Gerät wurde so oft nachgearbeitet, wie das Werk erlaubt.</translation>
    </message>
    <message>
        <source>This unit was scrapped: nothing is done to it any more.</source>
        <translation>Dieses Gerät ist verschrottet: nichts wird mehr an ihm getan.</translation>
    </message>
    <message>
        <source>This user may not open the port.</source>
        <translation>Dieser Benutzer darf den Anschluss nicht öffnen.</translation>
    </message>
    <message>
        <source>This user may not print on this printer.</source>
        <translation>Dieser Benutzer darf auf diesem Drucker nicht drucken.</translation>
    </message>
    <message>
        <source>Try again. An engineer gives a new PIN to whoever has forgotten theirs.</source>
        <translation>Noch einmal versuchen. Wer seine PIN vergessen hat, bekommt von einem Ingenieur eine neue.</translation>
    </message>
    <message>
        <source>Type your PIN.</source>
        <translation>PIN eingeben.</translation>
    </message>
    <message>
        <source>Type your name or scan your badge.</source>
        <translation>Namen eingeben oder Ausweis scannen.</translation>
    </message>
    <message>
        <source>Use a recipe that flashes it, over the USB cable.</source>
        <translation>Ein Rezept benutzen, das sie über das USB-Kabel flasht.</translation>
    </message>
    <message>
        <source>Wait a minute, then retry.</source>
        <translation>Eine Minute warten, dann wiederholen.</translation>
    </message>
    <message>
        <source>Wait a minute, then retry. Tell an engineer if it goes on.</source>
        <translation>Eine Minute warten, dann wiederholen. Bleibt es so, einen Ingenieur verständigen.</translation>
    </message>
    <message>
        <source>Wait for as long as the detail says, then try again.</source>
        <translation>Warten, so lange die Einzelheiten sagen, dann noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Wait ten seconds and retry. An engineer installs the station&apos;s udev rule to end this.</source>
        <translation>Zehn Sekunden warten und wiederholen. Ein Ingenieur installiert die udev-Regel der Station, dann ist es vorbei.</translation>
    </message>
    <message>
        <source>Wait until it has printed what it holds, then retry.</source>
        <translation>Warten, bis gedruckt ist, was er schon hat, dann wiederholen.</translation>
    </message>
    <message>
        <source>Wait until it is done, or stop it: Esc.</source>
        <translation>Warten, bis es fertig ist, oder stoppen: Esc.</translation>
    </message>
    <message>
        <source>Wait until one of them is done, then scan this label again.</source>
        <translation>Warten, bis eine davon fertig ist, dann dieses Etikett noch einmal scannen.</translation>
    </message>
    <message>
        <source>Wait until the printer is ready again, then retry.</source>
        <translation>Warten, bis der Drucker wieder bereit ist, dann wiederholen.</translation>
    </message>
    <message>
        <source>What this unit has to say does not fit on its label.</source>
        <translation>Was dieses Gerät zu sagen hat, passt nicht auf sein Etikett.</translation>
    </message>
    <message>
        <source>What was kept sealed can&apos;t be opened with this station&apos;s key.</source>
        <translation>Was versiegelt aufbewahrt ist, kann mit dem Schlüssel dieser Station nicht geöffnet werden.</translation>
    </message>
    <message>
        <source>Whoever asks for this may not do it.</source>
        <translation>Wer darum bittet, darf es nicht tun.</translation>
    </message>
    <message>
        <source>Without a badge or a PIN nobody can sign in.</source>
        <translation>Ohne Ausweis und PIN kann sich niemand anmelden.</translation>
    </message>
</context>
<context>
    <name>Gestures</name>
    <message>
        <source>Take it off a Portenta Machine Control first: on one it does nothing.</source>
        <translation>Zuerst von einer Portenta Machine Control abnehmen: auf ihr bewirkt es nichts.</translation>
    </message>
</context>
<context>
    <name>Lists</name>
    <message>
        <source>Another fault</source>
        <translation>Ein anderer Fehler</translation>
    </message>
    <message>
        <source>Another reason</source>
        <translation>Ein anderer Grund</translation>
    </message>
    <message>
        <source>Credentials renewed</source>
        <translation>Zugangsdaten erneuert</translation>
    </message>
    <message>
        <source>Credentials wrong or missing</source>
        <translation>Zugangsdaten falsch oder fehlend</translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>Beschädigt</translation>
    </message>
    <message>
        <source>Damaged on its way</source>
        <translation>Unterwegs beschädigt</translation>
    </message>
    <message>
        <source>Does not reach its cloud</source>
        <translation>Erreicht seine Cloud nicht</translation>
    </message>
    <message>
        <source>Does not reach its network</source>
        <translation>Erreicht sein Netz nicht</translation>
    </message>
    <message>
        <source>Does not start</source>
        <translation>Startet nicht</translation>
    </message>
    <message>
        <source>Failed in a later test</source>
        <translation>In einer späteren Prüfung durchgefallen</translation>
    </message>
    <message>
        <source>Failed on the line</source>
        <translation>An der Linie durchgefallen</translation>
    </message>
    <message>
        <source>Firmware wrong or broken</source>
        <translation>Firmware falsch oder defekt</translation>
    </message>
    <message>
        <source>Label replaced</source>
        <translation>Etikett ersetzt</translation>
    </message>
    <message>
        <source>Label wrong or missing</source>
        <translation>Etikett falsch oder fehlend</translation>
    </message>
    <message>
        <source>Network changed</source>
        <translation>Netz gewechselt</translation>
    </message>
    <message>
        <source>No fault found</source>
        <translation>Kein Fehler gefunden</translation>
    </message>
    <message>
        <source>Nothing was needed</source>
        <translation>Nichts war nötig</translation>
    </message>
    <message>
        <source>Part replaced</source>
        <translation>Teil ersetzt</translation>
    </message>
    <message>
        <source>Provisioned again</source>
        <translation>Noch einmal eingerichtet</translation>
    </message>
    <message>
        <source>Recalled, or due for an update</source>
        <translation>Zurückgerufen oder zu aktualisieren</translation>
    </message>
    <message>
        <source>Reflashed</source>
        <translation>Neu geflasht</translation>
    </message>
    <message>
        <source>Returned by a customer</source>
        <translation>Von einem Kunden zurückgeschickt</translation>
    </message>
    <message>
        <source>Soldered or cleaned</source>
        <translation>Gelötet oder gereinigt</translation>
    </message>
    <message>
        <source>Something else</source>
        <translation>Etwas anderes</translation>
    </message>
</context>
<context>
    <name>Procedures</name>
    <message>
        <source>Arduino Cloud</source>
        <translation>Arduino Cloud</translation>
    </message>
    <message>
        <source>Arduino Cloud 1.0</source>
        <translation>Arduino Cloud 1.0</translation>
    </message>
    <message>
        <source>Arduino Cloud, LoRaWAN</source>
        <translation>Arduino Cloud, LoRaWAN</translation>
    </message>
    <message>
        <source>Arduino Cloud, secret key</source>
        <translation>Arduino Cloud, geheimer Schlüssel</translation>
    </message>
    <message>
        <source>Change network</source>
        <translation>Netz wechseln</translation>
    </message>
    <message>
        <source>Claim</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>Claim and wake</source>
        <translation>Übernehmen und wecken</translation>
    </message>
    <message>
        <source>Claim with own authority</source>
        <translation>Mit eigener Zertifizierungsstelle übernehmen</translation>
    </message>
    <message>
        <source>Delete network</source>
        <translation>Netz löschen</translation>
    </message>
    <message>
        <source>Gather</source>
        <translation>Sammeln</translation>
    </message>
    <message>
        <source>Migrate to 2.0</source>
        <translation>Zu 2.0 wechseln</translation>
    </message>
    <message>
        <source>Prepare for 2.0</source>
        <translation>Für 2.0 vorbereiten</translation>
    </message>
    <message>
        <source>Provision</source>
        <translation>Einrichten</translation>
    </message>
    <message>
        <source>Provision again</source>
        <translation>Noch einmal einrichten</translation>
    </message>
    <message>
        <source>Provision itself</source>
        <translation>Richtet sich selbst ein</translation>
    </message>
    <message>
        <source>Provision with its own key</source>
        <translation>Mit eigenem Schlüssel einrichten</translation>
    </message>
    <message>
        <source>Read identity</source>
        <translation>Identität lesen</translation>
    </message>
    <message>
        <source>Reflash</source>
        <translation>Neu flashen</translation>
    </message>
    <message>
        <source>Renew credentials</source>
        <translation>Zugangsdaten erneuern</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Zurücknehmen</translation>
    </message>
    <message>
        <source>Unclaim</source>
        <translation>Freigeben</translation>
    </message>
    <message>
        <source>Write credentials</source>
        <translation>Zugangsdaten schreiben</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>, </source>
        <translation>, </translation>
    </message>
    <message>
        <source>1 unit</source>
        <translation>1 Gerät</translation>
    </message>
    <message>
        <source>A board is in.</source>
        <translation>Eine Platine ist da.</translation>
    </message>
    <message>
        <source>A board is picked.</source>
        <translation>Eine Platine ist gewählt.</translation>
    </message>
    <message>
        <source>A board sits in {slot}. It is checked before it is changed.</source>
        <translation>An {slot} ist eine Platine. Sie wird geprüft, bevor sie geändert wird.</translation>
    </message>
    <message>
        <source>A cloud still holds it: give it back before it is scrapped.</source>
        <translation>Eine Cloud hat es noch: vor dem Verschrotten zurückgeben.</translation>
    </message>
    <message>
        <source>A hand is wanted: {slots}</source>
        <translation>Eine Hand ist nötig: {slots}</translation>
    </message>
    <message>
        <source>A known fault of this lot, accepted</source>
        <translation>Ein bekannter Fehler dieser Charge, akzeptiert</translation>
    </message>
    <message>
        <source>A note on {unit}</source>
        <translation>Notiz zu {unit}</translation>
    </message>
    <message>
        <source>ASKING AGAIN</source>
        <translation>FRAGT NACH</translation>
    </message>
    <message>
        <source>Also without a board</source>
        <translation>Auch ohne Platine</translation>
    </message>
    <message>
        <source>An engineer adds one to the product&apos;s recipe.</source>
        <translation>Ein Ingenieur trägt eine ins Rezept des Produkts ein.</translation>
    </message>
    <message>
        <source>An engineer mends this.</source>
        <translation>Ein Ingenieur behebt das.</translation>
    </message>
    <message>
        <source>An engineer shows a badge, or gives name and PIN.</source>
        <translation>Ein Ingenieur zeigt seinen Ausweis oder gibt Name und PIN an.</translation>
    </message>
    <message>
        <source>Answer yes or no</source>
        <translation>Ja oder Nein antworten</translation>
    </message>
    <message>
        <source>Any</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>Genehmigen</translation>
    </message>
    <message>
        <source>As far as the cloud tells: {stage}</source>
        <translation>Soweit die Cloud sagt: {stage}</translation>
    </message>
    <message>
        <source>Ask the cloud</source>
        <translation>Cloud fragen</translation>
    </message>
    <message>
        <source>Asking for {text} …</source>
        <translation>Frage nach {text} …</translation>
    </message>
    <message>
        <source>At any time</source>
        <translation>Jederzeit</translation>
    </message>
    <message>
        <source>Back to the list</source>
        <translation>Zurück zur Liste</translation>
    </message>
    <message>
        <source>Back to: {what}</source>
        <translation>Zurück zu: {what}</translation>
    </message>
    <message>
        <source>Bad today</source>
        <translation>Schlecht heute</translation>
    </message>
    <message>
        <source>Badge</source>
        <translation>Ausweis</translation>
    </message>
    <message>
        <source>Badge read</source>
        <translation>Ausweis gelesen</translation>
    </message>
    <message>
        <source>Badge read. Now choose a reason, or type one.</source>
        <translation>Ausweis gelesen. Jetzt einen Grund wählen oder eingeben.</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>Beginnen</translation>
    </message>
    <message>
        <source>Bench</source>
        <translation>Werktisch</translation>
    </message>
    <message>
        <source>Bluetooth</source>
        <translation>Bluetooth</translation>
    </message>
    <message>
        <source>Bring the sketch up to date</source>
        <translation>Sketch aktualisieren</translation>
    </message>
    <message>
        <source>CSV for spreadsheets</source>
        <translation>CSV für Tabellen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Carries out what an engineer has written for this product.</source>
        <translation>Führt aus, was ein Ingenieur für dieses Produkt geschrieben hat.</translation>
    </message>
    <message>
        <source>Cases so far: {count}</source>
        <translation>Fälle bisher: {count}</translation>
    </message>
    <message>
        <source>Cases: {count} of {limit}</source>
        <translation>Fälle: {count} von {limit}</translation>
    </message>
    <message>
        <source>Change its network</source>
        <translation>Netz wechseln</translation>
    </message>
    <message>
        <source>Check the unit again</source>
        <translation>Gerät noch einmal prüfen</translation>
    </message>
    <message>
        <source>Check what you scanned, or take the unit into the record.</source>
        <translation>Prüfen, was gescannt wurde, oder das Gerät aufnehmen.</translation>
    </message>
    <message>
        <source>Checked by hand and found good</source>
        <translation>Von Hand geprüft und für gut befunden</translation>
    </message>
    <message>
        <source>Checking …</source>
        <translation>Wird geprüft …</translation>
    </message>
    <message>
        <source>Choose a reason, or type one.</source>
        <translation>Einen Grund wählen oder eingeben.</translation>
    </message>
    <message>
        <source>Choose a recipe.</source>
        <translation>Ein Rezept wählen.</translation>
    </message>
    <message>
        <source>Choose a work order or a recipe.</source>
        <translation>Einen Auftrag oder ein Rezept wählen.</translation>
    </message>
    <message>
        <source>Choose above in which slot it sits.</source>
        <translation>Oben den Platz wählen, an dem es steckt.</translation>
    </message>
    <message>
        <source>Choose one on the left, or scan a label.</source>
        <translation>Links eines wählen oder ein Etikett scannen.</translation>
    </message>
    <message>
        <source>Choose one with the arrows, then press Enter.</source>
        <translation>Mit den Pfeilen wählen, dann Enter drücken.</translation>
    </message>
    <message>
        <source>Chosen days</source>
        <translation>Gewählte Tage</translation>
    </message>
    <message>
        <source>Claim</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>Claim and wake</source>
        <translation>Übernehmen und wecken</translation>
    </message>
    <message>
        <source>Claim it</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>Claim released: {device}</source>
        <translation>Freigegeben: {device}</translation>
    </message>
    <message>
        <source>Claim, certificates of our own</source>
        <translation>Übernehmen, eigene Zertifikate</translation>
    </message>
    <message>
        <source>Claimed: {device}</source>
        <translation>Übernommen: {device}</translation>
    </message>
    <message>
        <source>Clear filters</source>
        <translation>Filter löschen</translation>
    </message>
    <message>
        <source>Clear its old settings</source>
        <translation>Alte Einstellungen löschen</translation>
    </message>
    <message>
        <source>Close the station?</source>
        <translation>Station schließen?</translation>
    </message>
    <message>
        <source>Closing. The station finishes writing its record …</source>
        <translation>Schließt. Die Station schreibt ihre Aufzeichnung fertig …</translation>
    </message>
    <message>
        <source>Cloud</source>
        <translation>Cloud</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>Confirm it is free</source>
        <translation>Prüfen, ob es frei ist</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Copy its numbers</source>
        <translation>Nummern kopieren</translation>
    </message>
    <message>
        <source>Create it in the cloud</source>
        <translation>In der Cloud anlegen</translation>
    </message>
    <message>
        <source>Credentials erased</source>
        <translation>Zugangsdaten gelöscht</translation>
    </message>
    <message>
        <source>Credentials made here</source>
        <translation>Zugangsdaten hier erzeugt</translation>
    </message>
    <message>
        <source>Damaged beyond repair</source>
        <translation>Nicht mehr zu reparieren</translation>
    </message>
    <message>
        <source>Delete it in the cloud</source>
        <translation>In der Cloud löschen</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät in der Cloud</translation>
    </message>
    <message>
        <source>Did its label come out? Scan it</source>
        <translation>Kam das Etikett heraus? Scannen</translation>
    </message>
    <message>
        <source>Do it anew …</source>
        <translation>Neu machen …</translation>
    </message>
    <message>
        <source>Do once more what was done last</source>
        <translation>Noch einmal tun, was zuletzt getan wurde</translation>
    </message>
    <message>
        <source>Does all that a new unit is given, as far as it is missing.</source>
        <translation>Tut alles, was ein neues Gerät bekommt, soweit es fehlt.</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Earlier reworks were no fault of the unit</source>
        <translation>Frühere Nacharbeiten lagen nicht am Gerät</translation>
    </message>
    <message>
        <source>Erase its credentials</source>
        <translation>Zugangsdaten löschen</translation>
    </message>
    <message>
        <source>Erase the last digit</source>
        <translation>Letzte Ziffer löschen</translation>
    </message>
    <message>
        <source>Every recipe has a mistake. An engineer corrects the named line.</source>
        <translation>Jedes Rezept hat einen Fehler. Ein Ingenieur berichtigt die genannte Zeile.</translation>
    </message>
    <message>
        <source>Export CSV</source>
        <translation>CSV exportieren</translation>
    </message>
    <message>
        <source>Export JSON</source>
        <translation>JSON exportieren</translation>
    </message>
    <message>
        <source>FAIL</source>
        <translation>SCHLECHT</translation>
    </message>
    <message>
        <source>Fault code</source>
        <translation>Fehlercode</translation>
    </message>
    <message>
        <source>Fill in all three.</source>
        <translation>Alle drei ausfüllen.</translation>
    </message>
    <message>
        <source>Filters</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Filters ({count})</source>
        <translation>Filter ({count})</translation>
    </message>
    <message>
        <source>Find a unit</source>
        <translation>Gerät suchen</translation>
    </message>
    <message>
        <source>Find another unit, or just scan it</source>
        <translation>Ein anderes Gerät suchen oder einfach scannen</translation>
    </message>
    <message>
        <source>Finish it</source>
        <translation>Abschließen</translation>
    </message>
    <message>
        <source>First day</source>
        <translation>Erster Tag</translation>
    </message>
    <message>
        <source>First pass</source>
        <translation>Erstausbeute</translation>
    </message>
    <message>
        <source>First scan the label of {slot}.</source>
        <translation>Zuerst das Etikett von {slot} scannen.</translation>
    </message>
    <message>
        <source>First seen {first}, last seen {last}</source>
        <translation>Zuerst gesehen {first}, zuletzt {last}</translation>
    </message>
    <message>
        <source>Flash again</source>
        <translation>Neu flashen</translation>
    </message>
    <message>
        <source>Flashed: {of}</source>
        <translation>Geflasht: {of}</translation>
    </message>
    <message>
        <source>Flashing: {share} – {of}</source>
        <translation>Flasht: {share} – {of}</translation>
    </message>
    <message>
        <source>Flashing: {share} – {of}, {left}</source>
        <translation>Flasht: {share} – {of}, {left}</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Vollbild</translation>
    </message>
    <message>
        <source>Gather for later</source>
        <translation>Für später sammeln</translation>
    </message>
    <message>
        <source>Get its certificate</source>
        <translation>Zertifikat holen</translation>
    </message>
    <message>
        <source>Gives it back: the cloud no longer holds it for us.</source>
        <translation>Gibt es zurück: es gehört in der Cloud nicht mehr uns.</translation>
    </message>
    <message>
        <source>Gives it new credentials in place of the old ones.</source>
        <translation>Gibt ihm neue Zugangsdaten statt der alten.</translation>
    </message>
    <message>
        <source>Go on working</source>
        <translation>Weiterarbeiten</translation>
    </message>
    <message>
        <source>Go to another page</source>
        <translation>Zu einer anderen Seite gehen</translation>
    </message>
    <message>
        <source>Good today</source>
        <translation>Gut heute</translation>
    </message>
    <message>
        <source>Help  F1</source>
        <translation>Hilfe  F1</translation>
    </message>
    <message>
        <source>Hide {count} steps</source>
        <translation>{count} Schritte verbergen</translation>
    </message>
    <message>
        <source>Hold {button} until {light} goes off</source>
        <translation>{button} halten, bis {light} ausgeht</translation>
    </message>
    <message>
        <source>How many units (may stay empty)</source>
        <translation>Wie viele Geräte (darf leer bleiben)</translation>
    </message>
    <message>
        <source>In a few words</source>
        <translation>In wenigen Worten</translation>
    </message>
    <message>
        <source>In rework</source>
        <translation>In Nacharbeit</translation>
    </message>
    <message>
        <source>In the slots</source>
        <translation>An den Plätzen</translation>
    </message>
    <message>
        <source>It begins in a moment …</source>
        <translation>Beginnt gleich …</translation>
    </message>
    <message>
        <source>It begins in a moment.</source>
        <translation>Beginnt gleich.</translation>
    </message>
    <message>
        <source>It can&apos;t be read: scan NO, or press N.</source>
        <translation>Nicht lesbar: „Nein“ scannen oder N drücken.</translation>
    </message>
    <message>
        <source>It did not say who it is</source>
        <translation>Es hat nicht gesagt, wer es ist</translation>
    </message>
    <message>
        <source>It failed again after rework</source>
        <translation>Nach der Nacharbeit wieder fehlgeschlagen</translation>
    </message>
    <message>
        <source>It failed before it was asked. Its run stands in the list.</source>
        <translation>Es schlug fehl, bevor es gefragt wurde. Sein Lauf steht in der Liste.</translation>
    </message>
    <message>
        <source>It is known now: the deed was done.</source>
        <translation>Jetzt ist es bekannt: es wurde getan.</translation>
    </message>
    <message>
        <source>It is known now: the deed was not done.</source>
        <translation>Jetzt ist es bekannt: es wurde nicht getan.</translation>
    </message>
    <message>
        <source>It is scrapped: nothing is done to it any more.</source>
        <translation>Es ist verschrottet: nichts wird mehr an ihm getan.</translation>
    </message>
    <message>
        <source>It should have been online by {when}, and was not.</source>
        <translation>Sollte bis {when} online sein und war es nicht.</translation>
    </message>
    <message>
        <source>It sits in {slot}.</source>
        <translation>Es steckt an {slot}.</translation>
    </message>
    <message>
        <source>It waits to be sent to the cloud.</source>
        <translation>Wartet darauf, an die Cloud gesendet zu werden.</translation>
    </message>
    <message>
        <source>It waits until the station can work again.</source>
        <translation>Wartet, bis die Station wieder arbeiten kann.</translation>
    </message>
    <message>
        <source>It was provisioned for the wrong account</source>
        <translation>Für das falsche Konto eingerichtet</translation>
    </message>
    <message>
        <source>Its label, or any number of it. Or plug it into a slot.</source>
        <translation>Sein Etikett oder eine seiner Nummern. Oder an einem Platz einstecken.</translation>
    </message>
    <message>
        <source>Its proof waits to be sent to the cloud.</source>
        <translation>Sein Nachweis wartet darauf, an die Cloud gesendet zu werden.</translation>
    </message>
    <message>
        <source>JSON, a line for each unit</source>
        <translation>JSON, eine Zeile je Gerät</translation>
    </message>
    <message>
        <source>Join pin {pin} to {to} until {light} goes off</source>
        <translation>Pin {pin} mit {to} verbinden, bis {light} ausgeht</translation>
    </message>
    <message>
        <source>Join the network</source>
        <translation>Dem Netz beitreten</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Kind of board</source>
        <translation>Art der Platine</translation>
    </message>
    <message>
        <source>Label not printed</source>
        <translation>Etikett nicht gedruckt</translation>
    </message>
    <message>
        <source>Label printed</source>
        <translation>Etikett gedruckt</translation>
    </message>
    <message>
        <source>Label printed again</source>
        <translation>Etikett noch einmal gedruckt</translation>
    </message>
    <message>
        <source>Label: nobody knows whether it was printed</source>
        <translation>Etikett: niemand weiß, ob es gedruckt wurde</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>Letzter Tag</translation>
    </message>
    <message>
        <source>Last scan: {code}</source>
        <translation>Letzter Scan: {code}</translation>
    </message>
    <message>
        <source>Last units</source>
        <translation>Letzte Geräte</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Verlassen</translation>
    </message>
    <message>
        <source>Leave it as it is</source>
        <translation>So lassen</translation>
    </message>
    <message>
        <source>Leave the full screen?</source>
        <translation>Vollbild verlassen?</translation>
    </message>
    <message>
        <source>Lets it join another network.</source>
        <translation>Lässt es einem anderen Netz beitreten.</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Linie</translation>
    </message>
    <message>
        <source>Look at {slots}</source>
        <translation>Nachsehen: {slots}</translation>
    </message>
    <message>
        <source>Look into its flash</source>
        <translation>Flash-Speicher ansehen</translation>
    </message>
    <message>
        <source>Look what it holds</source>
        <translation>Nachsehen, was es hat</translation>
    </message>
    <message>
        <source>Looking for recipes …</source>
        <translation>Rezepte werden gesucht …</translation>
    </message>
    <message>
        <source>Looking …</source>
        <translation>Sucht …</translation>
    </message>
    <message>
        <source>Make its key</source>
        <translation>Schlüssel erzeugen</translation>
    </message>
    <message>
        <source>Makes it ready for Arduino 2.0.</source>
        <translation>Bereitet es für Arduino 2.0 vor.</translation>
    </message>
    <message>
        <source>Migrate to Arduino 2.0</source>
        <translation>Zu Arduino 2.0 wechseln</translation>
    </message>
    <message>
        <source>Moves it from Arduino 1.0 to 2.0.</source>
        <translation>Bringt es von Arduino 1.0 zu 2.0.</translation>
    </message>
    <message>
        <source>Network removed</source>
        <translation>Netz entfernt</translation>
    </message>
    <message>
        <source>Next work order</source>
        <translation>Nächster Auftrag</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Nein</translation>
    </message>
    <message>
        <source>No Chinese font</source>
        <translation>Chinesisch fehlt</translation>
    </message>
    <message>
        <source>No board is heard. Switch the board on; its light pulses when it is ready.</source>
        <translation>Keine Platine ist zu hören. Platine einschalten; ihr Licht pulst, wenn sie bereit ist.</translation>
    </message>
    <message>
        <source>No board is plugged in.</source>
        <translation>Keine Platine steckt.</translation>
    </message>
    <message>
        <source>No cloud holds it for us.</source>
        <translation>In keiner Cloud gehört es uns.</translation>
    </message>
    <message>
        <source>No code of the list fits this.</source>
        <translation>Kein Code der Liste passt dazu.</translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>Keine Grenze</translation>
    </message>
    <message>
        <source>No recipe can read the board in {slot}. Scan its label.</source>
        <translation>Kein Rezept kann die Platine an {slot} lesen. Etikett scannen.</translation>
    </message>
    <message>
        <source>No recipe has a rework for {kind}</source>
        <translation>Kein Rezept hat eine Nacharbeit für {kind}</translation>
    </message>
    <message>
        <source>No recipe: nothing begins by itself. Units are reworked: Ctrl+2.</source>
        <translation>Kein Rezept: nichts beginnt von selbst. Geräte nacharbeiten: Ctrl+2.</translation>
    </message>
    <message>
        <source>No recipe: returned units, records, settings</source>
        <translation>Kein Rezept: zurückgekommene Geräte, Aufzeichnungen, Einstellungen</translation>
    </message>
    <message>
        <source>No room for more now</source>
        <translation>Gerade kein Platz für mehr</translation>
    </message>
    <message>
        <source>No slot yet</source>
        <translation>Noch kein Platz</translation>
    </message>
    <message>
        <source>No unit chosen yet</source>
        <translation>Noch kein Gerät gewählt</translation>
    </message>
    <message>
        <source>No unit fits</source>
        <translation>Kein Gerät passt</translation>
    </message>
    <message>
        <source>Nobody</source>
        <translation>Niemand</translation>
    </message>
    <message>
        <source>Nobody is signed in</source>
        <translation>Niemand ist angemeldet</translation>
    </message>
    <message>
        <source>Nobody knows yet whether this was done: {deed} at {place}</source>
        <translation>Noch weiß niemand, ob dies getan wurde: {deed} bei {place}</translation>
    </message>
    <message>
        <source>Nobody knows {text}</source>
        <translation>Niemand kennt {text}</translation>
    </message>
    <message>
        <source>Nobody was named yet: everybody may do everything. An engineer names people with: station people name</source>
        <translation>Noch ist niemand eingetragen: alle dürfen alles. Ein Ingenieur trägt Personen ein mit: station people name</translation>
    </message>
    <message>
        <source>Not in rework</source>
        <translation>Nicht in Nacharbeit</translation>
    </message>
    <message>
        <source>Not worth the repair</source>
        <translation>Die Reparatur lohnt nicht</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Note (may stay empty)</source>
        <translation>Notiz (darf leer bleiben)</translation>
    </message>
    <message>
        <source>Nothing begins until the station can work again.</source>
        <translation>Nichts beginnt, bis die Station wieder arbeiten kann.</translation>
    </message>
    <message>
        <source>Nothing begins until this is mended.</source>
        <translation>Nichts beginnt, bis das behoben ist.</translation>
    </message>
    <message>
        <source>Nothing is done to it any more, for good. A second person approves.</source>
        <translation>Nichts wird mehr an ihm getan, für immer. Eine zweite Person genehmigt.</translation>
    </message>
    <message>
        <source>Nothing is recorded yet</source>
        <translation>Noch nichts aufgezeichnet</translation>
    </message>
    <message>
        <source>Nothing new came. That board may be in a slot already.</source>
        <translation>Nichts Neues kam. Diese Platine ist vielleicht schon an einem Platz.</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>Nummern</translation>
    </message>
    <message>
        <source>On the air</source>
        <translation>Auf Funk</translation>
    </message>
    <message>
        <source>On the bench since {when}: {reason}</source>
        <translation>Auf dem Tisch seit {when}: {reason}</translation>
    </message>
    <message>
        <source>Once more</source>
        <translation>Noch einmal</translation>
    </message>
    <message>
        <source>One moment …</source>
        <translation>Einen Moment …</translation>
    </message>
    <message>
        <source>Only technicians and engineers may do this.</source>
        <translation>Das dürfen nur Techniker und Ingenieure.</translation>
    </message>
    <message>
        <source>Open a case</source>
        <translation>Fall anlegen</translation>
    </message>
    <message>
        <source>Open a case first.</source>
        <translation>Zuerst einen Fall anlegen.</translation>
    </message>
    <message>
        <source>Open a case for {unit}</source>
        <translation>Fall für {unit} anlegen</translation>
    </message>
    <message>
        <source>Open a case, or ship the unit again</source>
        <translation>Fall anlegen oder das Gerät wieder ausliefern</translation>
    </message>
    <message>
        <source>Open at the bench</source>
        <translation>Am Werktisch öffnen</translation>
    </message>
    <message>
        <source>Operator</source>
        <translation>Bediener</translation>
    </message>
    <message>
        <source>Or choose it from those that are heard</source>
        <translation>Oder eine wählen, die zu hören ist</translation>
    </message>
    <message>
        <source>Or in your own words</source>
        <translation>Oder in eigenen Worten</translation>
    </message>
    <message>
        <source>Ours at {clouds}.</source>
        <translation>Bei {clouds} unseres.</translation>
    </message>
    <message>
        <source>Ours at {cloud} as {device}</source>
        <translation>Bei {cloud} unseres, als {device}</translation>
    </message>
    <message>
        <source>Override: a failed check was skipped</source>
        <translation>Ausnahme: fehlgeschlagene Prüfung übergangen</translation>
    </message>
    <message>
        <source>Override: label printed again</source>
        <translation>Ausnahme: Etikett noch einmal gedruckt</translation>
    </message>
    <message>
        <source>Override: provisioned again</source>
        <translation>Ausnahme: noch einmal eingerichtet</translation>
    </message>
    <message>
        <source>Override: rework beyond the limit</source>
        <translation>Ausnahme: Nacharbeit über die Grenze</translation>
    </message>
    <message>
        <source>Override: scrapped</source>
        <translation>Ausnahme: verschrottet</translation>
    </message>
    <message>
        <source>PASS</source>
        <translation>GUT</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>PIN</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>Pick</source>
        <translation>Wählen</translation>
    </message>
    <message>
        <source>Pick  F6</source>
        <translation>Wählen  F6</translation>
    </message>
    <message>
        <source>Pick a board on the air: scan its label</source>
        <translation>Eine Platine auf Funk wählen: Etikett scannen</translation>
    </message>
    <message>
        <source>Pick a board: F6</source>
        <translation>Platine wählen: F6</translation>
    </message>
    <message>
        <source>Plug a board in</source>
        <translation>Platine einstecken</translation>
    </message>
    <message>
        <source>Plug a board in here</source>
        <translation>Hier eine Platine einstecken</translation>
    </message>
    <message>
        <source>Plug a board in.</source>
        <translation>Platine einstecken.</translation>
    </message>
    <message>
        <source>Plug a board in: the socket it sits in becomes the first slot.</source>
        <translation>Platine einstecken: ihre Buchse wird der erste Platz.</translation>
    </message>
    <message>
        <source>Plug a board into {slot}. Esc ends teaching.</source>
        <translation>Eine Platine an {slot} einstecken. Esc beendet das Anlernen.</translation>
    </message>
    <message>
        <source>Plug boards in: {slots}</source>
        <translation>Platinen einstecken: {slots}</translation>
    </message>
    <message>
        <source>Plug it in to work on it.</source>
        <translation>Zum Bearbeiten einstecken.</translation>
    </message>
    <message>
        <source>Plug it in.</source>
        <translation>Einstecken.</translation>
    </message>
    <message>
        <source>Prepare for Arduino 2.0</source>
        <translation>Für Arduino 2.0 vorbereiten</translation>
    </message>
    <message>
        <source>Prepare its login</source>
        <translation>Zugang vorbereiten</translation>
    </message>
    <message>
        <source>Press F6, then scan the label of a board.</source>
        <translation>F6 drücken, dann das Etikett einer Platine scannen.</translation>
    </message>
    <message>
        <source>Print again</source>
        <translation>Noch einmal drucken</translation>
    </message>
    <message>
        <source>Print its label</source>
        <translation>Etikett drucken</translation>
    </message>
    <message>
        <source>Print its label again</source>
        <translation>Etikett noch einmal drucken</translation>
    </message>
    <message>
        <source>Print the label again (a second person approves)</source>
        <translation>Etikett noch einmal drucken (eine zweite Person genehmigt)</translation>
    </message>
    <message>
        <source>Print the label again?</source>
        <translation>Etikett noch einmal drucken?</translation>
    </message>
    <message>
        <source>Print the sheet of command barcodes</source>
        <translation>Blatt der Befehlscodes drucken</translation>
    </message>
    <message>
        <source>Printer</source>
        <translation>Drucker</translation>
    </message>
    <message>
        <source>Prints the same label once more. A second person must approve.</source>
        <translation>Druckt dasselbe Etikett noch einmal. Eine zweite Person muss genehmigen.</translation>
    </message>
    <message>
        <source>Prove it is genuine</source>
        <translation>Echtheit nachweisen</translation>
    </message>
    <message>
        <source>Provision</source>
        <translation>Einrichten</translation>
    </message>
    <message>
        <source>Provision again?</source>
        <translation>Noch einmal einrichten?</translation>
    </message>
    <message>
        <source>Provision by Arduino 1.0</source>
        <translation>Einrichten nach Arduino 1.0</translation>
    </message>
    <message>
        <source>Provision by Arduino 2.0</source>
        <translation>Einrichten nach Arduino 2.0</translation>
    </message>
    <message>
        <source>Provision by device key</source>
        <translation>Einrichten mit Geräteschlüssel</translation>
    </message>
    <message>
        <source>Provision for LoRaWAN</source>
        <translation>Einrichten für LoRaWAN</translation>
    </message>
    <message>
        <source>Provision it</source>
        <translation>Einrichten</translation>
    </message>
    <message>
        <source>Provision, by the unit itself</source>
        <translation>Einrichten, durch das Gerät selbst</translation>
    </message>
    <message>
        <source>Provision, key of its own</source>
        <translation>Einrichten, mit eigenem Schlüssel</translation>
    </message>
    <message>
        <source>Put into the queue</source>
        <translation>In die Warteschlange</translation>
    </message>
    <message>
        <source>Put it aside.</source>
        <translation>Beiseitelegen.</translation>
    </message>
    <message>
        <source>Put the unit aside</source>
        <translation>Gerät beiseitelegen</translation>
    </message>
    <message>
        <source>Puts a few lines into its life.</source>
        <translation>Schreibt ein paar Zeilen in sein Leben.</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>RETRY</source>
        <translation>WIEDERHOLEN</translation>
    </message>
    <message>
        <source>Radio on</source>
        <translation>Funk einschalten</translation>
    </message>
    <message>
        <source>Read its radio address</source>
        <translation>Funkadresse lesen</translation>
    </message>
    <message>
        <source>Read the board</source>
        <translation>Platine lesen</translation>
    </message>
    <message>
        <source>Read who it is</source>
        <translation>Lesen, wer es ist</translation>
    </message>
    <message>
        <source>Reading its life …</source>
        <translation>Sein Leben wird gelesen …</translation>
    </message>
    <message>
        <source>Reads who the unit is. Changes nothing.</source>
        <translation>Liest, wer das Gerät ist. Ändert nichts.</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>Rezept</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Aufzeichnung</translation>
    </message>
    <message>
        <source>Records</source>
        <translation>Archiv</translation>
    </message>
    <message>
        <source>Register it</source>
        <translation>Registrieren</translation>
    </message>
    <message>
        <source>Release it</source>
        <translation>Freigeben</translation>
    </message>
    <message>
        <source>Remove its network</source>
        <translation>Netz entfernen</translation>
    </message>
    <message>
        <source>Renew credentials</source>
        <translation>Zugangsdaten erneuern</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Retry  F5</source>
        <translation>Wiederholen  F5</translation>
    </message>
    <message>
        <source>Retry the selected slot, or the only one in trouble</source>
        <translation>Den gewählten Platz wiederholen, oder den einzigen mit Fehler</translation>
    </message>
    <message>
        <source>Retry to finish the unit: F5.</source>
        <translation>Wiederholen, um das Gerät fertig zu machen: F5.</translation>
    </message>
    <message>
        <source>Rework</source>
        <translation>Nacharbeit</translation>
    </message>
    <message>
        <source>Rework began: {reason}</source>
        <translation>Nacharbeit begonnen: {reason}</translation>
    </message>
    <message>
        <source>Rework beyond the limit?</source>
        <translation>Nacharbeit über die Grenze?</translation>
    </message>
    <message>
        <source>Rework ended: scrapped</source>
        <translation>Nacharbeit beendet: verschrottet</translation>
    </message>
    <message>
        <source>Rework ended: shipped again</source>
        <translation>Nacharbeit beendet: wieder ausgeliefert</translation>
    </message>
    <message>
        <source>Rework is for technicians and engineers</source>
        <translation>Nacharbeit ist für Techniker und Ingenieure</translation>
    </message>
    <message>
        <source>Room for {count} more</source>
        <translation>Platz für {count} mehr</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Reihen</translation>
    </message>
    <message>
        <source>STATION ERROR</source>
        <translation>STATIONSFEHLER</translation>
    </message>
    <message>
        <source>STOPPED</source>
        <translation>GESTOPPT</translation>
    </message>
    <message>
        <source>Say how the fixture looks. Then plug one board in, slot after slot, as the screen asks.</source>
        <translation>Angeben, wie die Aufnahme aussieht. Dann eine Platine Platz für Platz einstecken, wie der Bildschirm es sagt.</translation>
    </message>
    <message>
        <source>Say what was done.</source>
        <translation>Sagen, was getan wurde.</translation>
    </message>
    <message>
        <source>Say why it came back.</source>
        <translation>Sagen, warum es zurückkam.</translation>
    </message>
    <message>
        <source>Scan a label, or choose a board with the arrows.</source>
        <translation>Ein Etikett scannen oder mit den Pfeilen eine Platine wählen.</translation>
    </message>
    <message>
        <source>Scan its label</source>
        <translation>Sein Etikett scannen</translation>
    </message>
    <message>
        <source>Scan its label, or type any of its numbers.</source>
        <translation>Sein Etikett scannen oder eine seiner Nummern eingeben.</translation>
    </message>
    <message>
        <source>Scan its label, or type the last four digits</source>
        <translation>Ihr Etikett scannen oder die letzten vier Ziffern eingeben</translation>
    </message>
    <message>
        <source>Scan the label of {slot}.</source>
        <translation>Das Etikett von {slot} scannen.</translation>
    </message>
    <message>
        <source>Scan the label on this unit</source>
        <translation>Das Etikett an diesem Gerät scannen</translation>
    </message>
    <message>
        <source>Scan the new label</source>
        <translation>Das neue Etikett scannen</translation>
    </message>
    <message>
        <source>Scan the new label of {slot}.</source>
        <translation>Das neue Etikett von {slot} scannen.</translation>
    </message>
    <message>
        <source>Scan the unit</source>
        <translation>Gerät scannen</translation>
    </message>
    <message>
        <source>Scan the unit, or type its serial, IMEI, UUID, MAC or cloud id</source>
        <translation>Gerät scannen oder Seriennummer, IMEI, UUID, MAC oder Cloud-Kennung eingeben</translation>
    </message>
    <message>
        <source>Scan your badge</source>
        <translation>Ausweis scannen</translation>
    </message>
    <message>
        <source>Scanner</source>
        <translation>Scanner</translation>
    </message>
    <message>
        <source>Scrap it</source>
        <translation>Verschrotten</translation>
    </message>
    <message>
        <source>Scrap the unit?</source>
        <translation>Gerät verschrotten?</translation>
    </message>
    <message>
        <source>Scrapped</source>
        <translation>Verschrottet</translation>
    </message>
    <message>
        <source>Scrapped on {day}</source>
        <translation>Verschrottet am {day}</translation>
    </message>
    <message>
        <source>Scrapped: no run is begun on it any more.</source>
        <translation>Verschrottet: kein Lauf wird mehr begonnen.</translation>
    </message>
    <message>
        <source>Second person: scan your badge</source>
        <translation>Zweite Person: Ausweis scannen</translation>
    </message>
    <message>
        <source>Seen before: {count}</source>
        <translation>Schon gesehen: {count}</translation>
    </message>
    <message>
        <source>Select a slot</source>
        <translation>Platz wählen</translation>
    </message>
    <message>
        <source>Select the next slot</source>
        <translation>Nächsten Platz wählen</translation>
    </message>
    <message>
        <source>Select the slot of the unit whose label you want, then press F9.</source>
        <translation>Den Platz des Geräts wählen, dessen Etikett gewünscht ist, dann F9 drücken.</translation>
    </message>
    <message>
        <source>Select the slot to retry: keys 1 to 9, or arrows.</source>
        <translation>Den Platz zum Wiederholen wählen: Tasten 1 bis 9 oder Pfeile.</translation>
    </message>
    <message>
        <source>Send the certificates</source>
        <translation>Zertifikate senden</translation>
    </message>
    <message>
        <source>Send the order</source>
        <translation>Befehl senden</translation>
    </message>
    <message>
        <source>Serial number given: {number}</source>
        <translation>Seriennummer vergeben: {number}</translation>
    </message>
    <message>
        <source>Serial number, as the label has it</source>
        <translation>Seriennummer, wie auf dem Etikett</translation>
    </message>
    <message>
        <source>Several boards are in. Choose above in which slot it sits.</source>
        <translation>Mehrere Platinen stecken. Oben den Platz wählen.</translation>
    </message>
    <message>
        <source>Ship again</source>
        <translation>Wieder ausliefern</translation>
    </message>
    <message>
        <source>Ship {unit} again</source>
        <translation>{unit} wieder ausliefern</translation>
    </message>
    <message>
        <source>Show or hide this help</source>
        <translation>Diese Hilfe zeigen oder verbergen</translation>
    </message>
    <message>
        <source>Show {count} steps</source>
        <translation>{count} Schritte zeigen</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>Sign in  F2</source>
        <translation>Anmelden  F2</translation>
    </message>
    <message>
        <source>Sign in as one of them: F2 twice.</source>
        <translation>Als einer von ihnen anmelden: zweimal F2.</translation>
    </message>
    <message>
        <source>Sign in as somebody who may do this: F2.</source>
        <translation>Als jemand anmelden, der das darf: F2.</translation>
    </message>
    <message>
        <source>Sign in or out</source>
        <translation>An- oder abmelden</translation>
    </message>
    <message>
        <source>Sign in to begin: F2.</source>
        <translation>Zum Beginnen anmelden: F2.</translation>
    </message>
    <message>
        <source>Sign in to begin: press F2.</source>
        <translation>Zum Beginnen anmelden: F2 drücken.</translation>
    </message>
    <message>
        <source>Sign in to take units up again: F2.</source>
        <translation>Anmelden, um weiter Geräte aufzunehmen: F2.</translation>
    </message>
    <message>
        <source>Sign its certificate</source>
        <translation>Zertifikat signieren</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Abmelden</translation>
    </message>
    <message>
        <source>Sign out  F2</source>
        <translation>Abmelden  F2</translation>
    </message>
    <message>
        <source>Signing in …</source>
        <translation>Meldet an …</translation>
    </message>
    <message>
        <source>Skip a failed check (a second person approves)</source>
        <translation>Fehlgeschlagene Prüfung übergehen (eine zweite Person genehmigt)</translation>
    </message>
    <message>
        <source>Skip the failed check?</source>
        <translation>Fehlgeschlagene Prüfung übergehen?</translation>
    </message>
    <message>
        <source>Slot</source>
        <translation>Platz</translation>
    </message>
    <message>
        <source>Slot {name}</source>
        <translation>Platz {name}</translation>
    </message>
    <message>
        <source>Slot {number}</source>
        <translation>Platz {number}</translation>
    </message>
    <message>
        <source>Slots in a row</source>
        <translation>Plätze je Reihe</translation>
    </message>
    <message>
        <source>Something is being done to it.</source>
        <translation>An ihm wird gerade gearbeitet.</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Beginnt</translation>
    </message>
    <message>
        <source>Station</source>
        <translation>Station</translation>
    </message>
    <message>
        <source>Step {at} of {all}</source>
        <translation>Schritt {at} von {all}</translation>
    </message>
    <message>
        <source>Stick the label on and scan it</source>
        <translation>Das Etikett aufkleben und scannen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stoppen</translation>
    </message>
    <message>
        <source>Stop  Esc</source>
        <translation>Stoppen  Esc</translation>
    </message>
    <message>
        <source>Stop a run (asks first), or close what is open</source>
        <translation>Einen Lauf stoppen (fragt zuerst) oder schließen, was offen ist</translation>
    </message>
    <message>
        <source>Stop all {count} runs?</source>
        <translation>Alle {count} Läufe stoppen?</translation>
    </message>
    <message>
        <source>Stop and close</source>
        <translation>Stoppen und schließen</translation>
    </message>
    <message>
        <source>Stop {slot}?</source>
        <translation>{slot} stoppen?</translation>
    </message>
    <message>
        <source>Store its certificate</source>
        <translation>Zertifikat speichern</translation>
    </message>
    <message>
        <source>TIMEOUT</source>
        <translation>ZEIT UM</translation>
    </message>
    <message>
        <source>TRAINING – simulated boards and cloud</source>
        <translation>TRAINING – simulierte Platinen und Cloud</translation>
    </message>
    <message>
        <source>Take a unit into the record</source>
        <translation>Ein Gerät aufnehmen</translation>
    </message>
    <message>
        <source>Take back and erase</source>
        <translation>Zurücknehmen und löschen</translation>
    </message>
    <message>
        <source>Take it into the record</source>
        <translation>Aufnehmen</translation>
    </message>
    <message>
        <source>Take it out and check that it is the right product.</source>
        <translation>Herausnehmen und prüfen, ob es das richtige Produkt ist.</translation>
    </message>
    <message>
        <source>Take it out.</source>
        <translation>Herausnehmen.</translation>
    </message>
    <message>
        <source>Take out {slots}</source>
        <translation>Herausnehmen: {slots}</translation>
    </message>
    <message>
        <source>Take the claim back</source>
        <translation>Übernahme zurücknehmen</translation>
    </message>
    <message>
        <source>Taken in from a file</source>
        <translation>Aus einer Datei übernommen</translation>
    </message>
    <message>
        <source>Taken into the record by hand</source>
        <translation>Von Hand aufgenommen</translation>
    </message>
    <message>
        <source>Takes it out for good. A second person must approve.</source>
        <translation>Nimmt es für immer aus dem Verkehr. Eine zweite Person muss genehmigen.</translation>
    </message>
    <message>
        <source>Takes its credentials and its network off, with proof.</source>
        <translation>Nimmt ihm Zugangsdaten und Netz, mit Nachweis.</translation>
    </message>
    <message>
        <source>Takes its network off. It can&apos;t connect any more.</source>
        <translation>Nimmt ihm sein Netz. Es kann sich nicht mehr verbinden.</translation>
    </message>
    <message>
        <source>Takes something away</source>
        <translation>Nimmt etwas weg</translation>
    </message>
    <message>
        <source>Takes the claim back and erases its credentials.</source>
        <translation>Gibt es in der Cloud frei und löscht seine Zugangsdaten.</translation>
    </message>
    <message>
        <source>Teach the slots</source>
        <translation>Plätze anlernen</translation>
    </message>
    <message>
        <source>Teach the slots (an engineer, without a recipe)</source>
        <translation>Plätze anlernen (ein Ingenieur, ohne Rezept)</translation>
    </message>
    <message>
        <source>That could not be done. Try again.</source>
        <translation>Das ging nicht. Noch einmal versuchen.</translation>
    </message>
    <message>
        <source>That could not be read as its label. Scan it again.</source>
        <translation>Als ihr Etikett nicht lesbar. Noch einmal scannen.</translation>
    </message>
    <message>
        <source>The board is gone. Plug it in again, firmly.</source>
        <translation>Die Platine ist weg. Noch einmal fest einstecken.</translation>
    </message>
    <message>
        <source>The board is out of reach. Bring it nearer.</source>
        <translation>Die Platine ist außer Reichweite. Näher bringen.</translation>
    </message>
    <message>
        <source>The cloud has lost the device</source>
        <translation>Die Cloud hat das Gerät verloren</translation>
    </message>
    <message>
        <source>The cloud refused it, and took it later.</source>
        <translation>Die Cloud hat es abgelehnt und später angenommen.</translation>
    </message>
    <message>
        <source>The cloud refused it.</source>
        <translation>Die Cloud hat es abgelehnt.</translation>
    </message>
    <message>
        <source>The cloud took it.</source>
        <translation>Die Cloud hat es angenommen.</translation>
    </message>
    <message>
        <source>The customer wants this very unit back</source>
        <translation>Der Kunde will genau dieses Gerät zurück</translation>
    </message>
    <message>
        <source>The file was not written. Choose another folder, or make room there. ({code})</source>
        <translation>Die Datei wurde nicht geschrieben. Einen anderen Ordner wählen oder dort Platz schaffen. ({code})</translation>
    </message>
    <message>
        <source>The first board that is plugged in appears here.</source>
        <translation>Die erste Platine, die eingesteckt wird, erscheint hier.</translation>
    </message>
    <message>
        <source>The fixture or a cable is at fault</source>
        <translation>Die Aufnahme oder ein Kabel ist schuld</translation>
    </message>
    <message>
        <source>The label is damaged</source>
        <translation>Das Etikett ist beschädigt</translation>
    </message>
    <message>
        <source>The label is lost</source>
        <translation>Das Etikett ist verloren</translation>
    </message>
    <message>
        <source>The label was badly printed</source>
        <translation>Das Etikett wurde schlecht gedruckt</translation>
    </message>
    <message>
        <source>The last 30 days</source>
        <translation>Die letzten 30 Tage</translation>
    </message>
    <message>
        <source>The last 7 days</source>
        <translation>Die letzten 7 Tage</translation>
    </message>
    <message>
        <source>The limit is reached: an engineer must approve of the next case.</source>
        <translation>Die Grenze ist erreicht: den nächsten Fall muss ein Ingenieur genehmigen.</translation>
    </message>
    <message>
        <source>The newest {count} units; scroll for more</source>
        <translation>Die neuesten {count} Geräte; weiter unten mehr</translation>
    </message>
    <message>
        <source>The record can&apos;t be read now. Call an engineer. ({code})</source>
        <translation>Die Aufzeichnung ist jetzt nicht lesbar. Einen Ingenieur rufen. ({code})</translation>
    </message>
    <message>
        <source>The run ends as stopped. The unit can be retried.</source>
        <translation>Der Lauf endet als gestoppt. Das Gerät kann wiederholt werden.</translation>
    </message>
    <message>
        <source>The sheet of commands is being printed.</source>
        <translation>Das Blatt der Befehle wird gedruckt.</translation>
    </message>
    <message>
        <source>The station does not know this board.</source>
        <translation>Die Station kennt diese Platine nicht.</translation>
    </message>
    <message>
        <source>The station has stopped. Close this window and start it again.</source>
        <translation>Die Station hat angehalten. Dieses Fenster schließen und neu starten.</translation>
    </message>
    <message>
        <source>The station is not ready yet.</source>
        <translation>Die Station ist noch nicht bereit.</translation>
    </message>
    <message>
        <source>The station is starting</source>
        <translation>Die Station startet</translation>
    </message>
    <message>
        <source>The station is starting …</source>
        <translation>Die Station startet …</translation>
    </message>
    <message>
        <source>The unit gets new credentials, though it has some. A second person approves.</source>
        <translation>Das Gerät bekommt neue Zugangsdaten, obwohl es welche hat. Eine zweite Person genehmigt.</translation>
    </message>
    <message>
        <source>The unit may pass though this check failed. A second person approves.</source>
        <translation>Das Gerät darf bestehen, obwohl diese Prüfung fehlschlug. Eine zweite Person genehmigt.</translation>
    </message>
    <message>
        <source>The unit was repaired</source>
        <translation>Das Gerät wurde repariert</translation>
    </message>
    <message>
        <source>The unit was reworked as often as the factory allows. An engineer approves.</source>
        <translation>Das Gerät wurde so oft nachgearbeitet, wie das Werk erlaubt. Ein Ingenieur genehmigt.</translation>
    </message>
    <message>
        <source>Then let go.</source>
        <translation>Dann loslassen.</translation>
    </message>
    <message>
        <source>There is no failed check that could be skipped.</source>
        <translation>Es gibt keine fehlgeschlagene Prüfung zum Übergehen.</translation>
    </message>
    <message>
        <source>There is no recipe yet. An engineer makes one with: station recipe new</source>
        <translation>Es gibt noch kein Rezept. Ein Ingenieur macht eines mit: station recipe new</translation>
    </message>
    <message>
        <source>There is none: scan NO, or press N.</source>
        <translation>Es gibt keines: „Nein“ scannen oder N drücken.</translation>
    </message>
    <message>
        <source>They end as stopped. The units can be retried.</source>
        <translation>Sie enden als gestoppt. Die Geräte können wiederholt werden.</translation>
    </message>
    <message>
        <source>This board never said who it is</source>
        <translation>Diese Platine hat nie gesagt, wer sie ist</translation>
    </message>
    <message>
        <source>This command barcode is damaged. Print the sheet again.</source>
        <translation>Dieser Befehlscode ist beschädigt. Das Blatt neu drucken.</translation>
    </message>
    <message>
        <source>This computer has no Chinese letters. An engineer installs a font that has.</source>
        <translation>Dieser Rechner hat keine chinesische Schrift. Ein Ingenieur installiert eine.</translation>
    </message>
    <message>
        <source>This line has no Bluetooth: plug boards in.</source>
        <translation>Diese Linie hat kein Bluetooth: Platinen einstecken.</translation>
    </message>
    <message>
        <source>This station has no label printer.</source>
        <translation>Diese Station hat keinen Etikettendrucker.</translation>
    </message>
    <message>
        <source>This takes something off {unit} that can&apos;t be put back.</source>
        <translation>Das nimmt {unit} etwas, das nicht zurückzuholen ist.</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Try its login</source>
        <translation>Zugang ausprobieren</translation>
    </message>
    <message>
        <source>Two labels of one unit must not leave the line. A second person approves.</source>
        <translation>Zwei Etiketten eines Geräts dürfen die Linie nicht verlassen. Eine zweite Person genehmigt.</translation>
    </message>
    <message>
        <source>Type fewer letters, or clear the filters.</source>
        <translation>Weniger Buchstaben eingeben oder Filter löschen.</translation>
    </message>
    <message>
        <source>Type part of any number</source>
        <translation>Teil einer Nummer</translation>
    </message>
    <message>
        <source>Type your PIN.</source>
        <translation>PIN eingeben.</translation>
    </message>
    <message>
        <source>Type your name.</source>
        <translation>Den Namen eingeben.</translation>
    </message>
    <message>
        <source>Type, or use the arrows</source>
        <translation>Tippen oder Pfeile</translation>
    </message>
    <message>
        <source>UNDER WAY</source>
        <translation>LÄUFT</translation>
    </message>
    <message>
        <source>USB</source>
        <translation>USB</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Units that are done appear here.</source>
        <translation>Fertige Geräte erscheinen hier.</translation>
    </message>
    <message>
        <source>Units that were found</source>
        <translation>Gefundene Geräte</translation>
    </message>
    <message>
        <source>Units that were found, the newest first</source>
        <translation>Gefundene Geräte, die neuesten zuerst</translation>
    </message>
    <message>
        <source>Wait for its request</source>
        <translation>Auf ihre Anfrage warten</translation>
    </message>
    <message>
        <source>Wait for the board</source>
        <translation>Auf die Platine warten</translation>
    </message>
    <message>
        <source>Wait for the cloud</source>
        <translation>Auf die Cloud warten</translation>
    </message>
    <message>
        <source>Wake the board</source>
        <translation>Platine wecken</translation>
    </message>
    <message>
        <source>What befell it, the latest first</source>
        <translation>Was ihm geschah, das Neueste zuerst</translation>
    </message>
    <message>
        <source>What can be done</source>
        <translation>Was getan werden kann</translation>
    </message>
    <message>
        <source>What was done</source>
        <translation>Was getan wurde</translation>
    </message>
    <message>
        <source>What was found (may stay empty)</source>
        <translation>Was gefunden wurde (darf leer bleiben)</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Wo</translation>
    </message>
    <message>
        <source>Which board is in your hand?</source>
        <translation>Welche Platine ist in der Hand?</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Wer</translation>
    </message>
    <message>
        <source>Who may not work on the line chooses the bench in the list.</source>
        <translation>Wer nicht an der Linie arbeiten darf, wählt in der Liste den Werktisch.</translation>
    </message>
    <message>
        <source>Why it came back</source>
        <translation>Warum es zurückkam</translation>
    </message>
    <message>
        <source>Why nobody knows it</source>
        <translation>Warum niemand es kennt</translation>
    </message>
    <message>
        <source>Work order</source>
        <translation>Auftrag</translation>
    </message>
    <message>
        <source>Work order or recipe</source>
        <translation>Auftrag oder Rezept</translation>
    </message>
    <message>
        <source>Working. Free: {slots}</source>
        <translation>Arbeitet. Frei: {slots}</translation>
    </message>
    <message>
        <source>Working. Nothing to do for you now.</source>
        <translation>Arbeitet. Gerade ist nichts zu tun.</translation>
    </message>
    <message>
        <source>Write a note</source>
        <translation>Notiz schreiben</translation>
    </message>
    <message>
        <source>Write it down</source>
        <translation>Eintragen</translation>
    </message>
    <message>
        <source>Write its firmware</source>
        <translation>Firmware schreiben</translation>
    </message>
    <message>
        <source>Write something first.</source>
        <translation>Zuerst etwas schreiben.</translation>
    </message>
    <message>
        <source>Write to the board</source>
        <translation>Auf die Platine schreiben</translation>
    </message>
    <message>
        <source>Write what is shown to a file</source>
        <translation>Das Gezeigte in eine Datei schreiben</translation>
    </message>
    <message>
        <source>Writes the recipe&apos;s firmware anew and checks it.</source>
        <translation>Schreibt die Firmware des Rezepts neu und prüft sie.</translation>
    </message>
    <message>
        <source>Writing the file …</source>
        <translation>Schreibt die Datei …</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Ja</translation>
    </message>
    <message>
        <source>Yes, do it</source>
        <translation>Ja, ausführen</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Gestern</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>auditor</source>
        <translation>Prüfer</translation>
    </message>
    <message>
        <source>busy</source>
        <translation>beschäftigt</translation>
    </message>
    <message>
        <source>choose a slot</source>
        <translation>Platz wählen</translation>
    </message>
    <message>
        <source>claimed</source>
        <translation>übernommen</translation>
    </message>
    <message>
        <source>connected</source>
        <translation>verbunden</translation>
    </message>
    <message>
        <source>engineer</source>
        <translation>Ingenieur</translation>
    </message>
    <message>
        <source>far</source>
        <translation>fern</translation>
    </message>
    <message>
        <source>firmware {version}</source>
        <translation>Firmware {version}</translation>
    </message>
    <message>
        <source>good</source>
        <translation>gut</translation>
    </message>
    <message>
        <source>in trouble</source>
        <translation>gestört</translation>
    </message>
    <message>
        <source>near</source>
        <translation>nah</translation>
    </message>
    <message>
        <source>not online</source>
        <translation>nicht online</translation>
    </message>
    <message>
        <source>not read yet</source>
        <translation>ungelesen</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>operator</source>
        <translation>Bediener</translation>
    </message>
    <message>
        <source>orders wait</source>
        <translation>Befehle warten</translation>
    </message>
    <message>
        <source>plug it in</source>
        <translation>einstecken</translation>
    </message>
    <message>
        <source>proof {seal}</source>
        <translation>Nachweis {seal}</translation>
    </message>
    <message>
        <source>provisioned</source>
        <translation>eingerichtet</translation>
    </message>
    <message>
        <source>queued, not verified</source>
        <translation>wartet, nicht geprüft</translation>
    </message>
    <message>
        <source>scanned and right</source>
        <translation>gescannt und richtig</translation>
    </message>
    <message>
        <source>shipped again {when}, {who}</source>
        <translation>wieder ausgeliefert {when}, {who}</translation>
    </message>
    <message>
        <source>since {when}, {who}</source>
        <translation>seit {when}, {who}</translation>
    </message>
    <message>
        <source>technician</source>
        <translation>Techniker</translation>
    </message>
    <message>
        <source>the LED</source>
        <translation>die LED</translation>
    </message>
    <message>
        <source>unknown board</source>
        <translation>unbekannte Platine</translation>
    </message>
    <message>
        <source>very far</source>
        <translation>sehr fern</translation>
    </message>
    <message>
        <source>very near</source>
        <translation>sehr nah</translation>
    </message>
    <message>
        <source>{code}, ticked</source>
        <translation>{code}, angekreuzt</translation>
    </message>
    <message>
        <source>{code}: not a label of this product.</source>
        <translation>{code}: kein Etikett dieses Produkts.</translation>
    </message>
    <message>
        <source>{code}: nothing to do with this code now.</source>
        <translation>{code}: mit diesem Code ist gerade nichts zu tun.</translation>
    </message>
    <message>
        <source>{code}: too short for a code. Scan it again.</source>
        <translation>{code}: zu kurz für einen Code. Noch einmal scannen.</translation>
    </message>
    <message>
        <source>{count} under way. Closing stops them.</source>
        <translation>{count} noch am Laufen. Schließen stoppt sie.</translation>
    </message>
    <message>
        <source>{count} units</source>
        <translation>{count} Geräte</translation>
    </message>
    <message>
        <source>{count} units fit</source>
        <translation>{count} Geräte passen</translation>
    </message>
    <message>
        <source>{count} units written to {name}</source>
        <translation>{count} Geräte in {name} geschrieben</translation>
    </message>
    <message>
        <source>{count} units: {recipe}</source>
        <translation>{count} Geräte: {recipe}</translation>
    </message>
    <message>
        <source>{count}, {hours} h</source>
        <translation>{count}, {hours} h</translation>
    </message>
    <message>
        <source>{count}, {minutes} min</source>
        <translation>{count}, {minutes} min</translation>
    </message>
    <message>
        <source>{done} of {total} {unit}</source>
        <translation>{done} von {total} {unit}</translation>
    </message>
    <message>
        <source>{first}, approved by {second}</source>
        <translation>{first}, genehmigt von {second}</translation>
    </message>
    <message>
        <source>{number} s</source>
        <translation>{number} s</translation>
    </message>
    <message>
        <source>{order} is chosen. Now scan your badge.</source>
        <translation>{order} ist gewählt. Jetzt den Ausweis scannen.</translation>
    </message>
    <message>
        <source>{order}: no such work order. An engineer adds it with: station orders add</source>
        <translation>{order}: kein solcher Auftrag. Ein Ingenieur fügt ihn hinzu mit: station orders add</translation>
    </message>
    <message>
        <source>{page}, key {key}</source>
        <translation>{page}, Taste {key}</translation>
    </message>
    <message>
        <source>{seconds} s left</source>
        <translation>noch {seconds} s</translation>
    </message>
    <message>
        <source>{slot} has nothing to retry now.</source>
        <translation>{slot} hat gerade nichts zu wiederholen.</translation>
    </message>
    <message>
        <source>{slot}: {unit}</source>
        <translation>{slot}: {unit}</translation>
    </message>
    <message>
        <source>{station} – provisioning</source>
        <translation>{station} – Einrichtung</translation>
    </message>
    <message>
        <source>{title}?</source>
        <translation>{title}?</translation>
    </message>
</context>
</TS>
