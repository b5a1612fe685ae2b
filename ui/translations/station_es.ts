<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
<context>
    <name>Faults</name>
    <message>
        <source>A PIN is needed here.</source>
        <translation>Aquí hace falta un PIN.</translation>
    </message>
    <message>
        <source>A board was plugged into a socket that belongs to no slot.</source>
        <translation>Se conectó una placa a una toma que no pertenece a ningún puesto.</translation>
    </message>
    <message>
        <source>A key is not in the keystore.</source>
        <translation>Falta una clave en el almacén de claves.</translation>
    </message>
    <message>
        <source>A part of the board does not work.</source>
        <translation>Una parte de la placa no funciona.</translation>
    </message>
    <message>
        <source>A part of the station that this recipe needs is not installed.</source>
        <translation>Una parte de la estación que esta receta necesita no está instalada.</translation>
    </message>
    <message>
        <source>A technician erases it first; the key that is there would be lost.</source>
        <translation>Un técnico la borra primero; la clave que hay se perdería.</translation>
    </message>
    <message>
        <source>Add what tells the two apart, such as an initial.</source>
        <translation>Añada lo que distinga a las dos, por ejemplo una inicial.</translation>
    </message>
    <message>
        <source>After the flash the board runs another firmware than it should.</source>
        <translation>Tras la grabación la placa ejecuta otro firmware que el debido.</translation>
    </message>
    <message>
        <source>An engineer adds the user to the group that owns the port (dialout on Debian); then sign in anew.</source>
        <translation>Un ingeniero añade el usuario al grupo dueño del puerto (dialout en Debian); después inicie sesión de nuevo.</translation>
    </message>
    <message>
        <source>An engineer checks the cloud&apos;s address and whether a proxy or a login page is in the way.</source>
        <translation>Un ingeniero comprueba la dirección de la nube y si hay un proxy o una página de acceso en medio.</translation>
    </message>
    <message>
        <source>An engineer checks the file and its SHA-256, or has it fetched anew.</source>
        <translation>Un ingeniero comprueba el archivo y su SHA-256, o lo hace descargar de nuevo.</translation>
    </message>
    <message>
        <source>An engineer checks this computer&apos;s clock, the proxy and the cloud&apos;s address.</source>
        <translation>Un ingeniero comprueba el reloj de este equipo, el proxy y la dirección de la nube.</translation>
    </message>
    <message>
        <source>An engineer compares the key and the secret with those of the device profile in the cloud.</source>
        <translation>Un ingeniero compara la clave y el secreto con los del perfil de dispositivo en la nube.</translation>
    </message>
    <message>
        <source>An engineer compares the recipe&apos;s strategy with that of the device profile in the cloud.</source>
        <translation>Un ingeniero compara la estrategia de la receta con la del perfil de dispositivo en la nube.</translation>
    </message>
    <message>
        <source>An engineer compares the recipe&apos;s transport with that of the device profile in the cloud.</source>
        <translation>Un ingeniero compara el transporte de la receta con el del perfil de dispositivo en la nube.</translation>
    </message>
    <message>
        <source>An engineer corrects the named line of the template.</source>
        <translation>Un ingeniero corrige la línea indicada de la plantilla.</translation>
    </message>
    <message>
        <source>An engineer corrects the named line; &apos;station recipe check&apos; tells more.</source>
        <translation>Un ingeniero corrige la línea indicada; &apos;station recipe check&apos; dice más.</translation>
    </message>
    <message>
        <source>An engineer corrects the printer&apos;s name in the station&apos;s settings, or installs it.</source>
        <translation>Un ingeniero corrige el nombre de la impresora en los ajustes de la estación, o la instala.</translation>
    </message>
    <message>
        <source>An engineer corrects what is named.</source>
        <translation>Un ingeniero corrige lo indicado.</translation>
    </message>
    <message>
        <source>An engineer deletes devices that are no longer used, or has the limit raised.</source>
        <translation>Un ingeniero elimina dispositivos que ya no se usan, o hace subir el límite.</translation>
    </message>
    <message>
        <source>An engineer discards the orders that wait, or the unit is brought online to take them.</source>
        <translation>Un ingeniero descarta las órdenes que esperan, o se conecta la unidad para que las tome.</translation>
    </message>
    <message>
        <source>An engineer gives the user the right to print, or chooses another printer.</source>
        <translation>Un ingeniero da al usuario permiso para imprimir, o elige otra impresora.</translation>
    </message>
    <message>
        <source>An engineer has the recipe wait until the cloud has heard the unit itself.</source>
        <translation>Un ingeniero hace que la receta espere hasta que la nube haya oído a la propia unidad.</translation>
    </message>
    <message>
        <source>An engineer installs it: the detail has its name.</source>
        <translation>Un ingeniero la instala: su nombre está en el detalle.</translation>
    </message>
    <message>
        <source>An engineer installs it; README says how.</source>
        <translation>Un ingeniero lo instala; README dice cómo.</translation>
    </message>
    <message>
        <source>An engineer looks at the detail: the template may be meant for another kind of printer.</source>
        <translation>Un ingeniero mira el detalle: la plantilla puede ser para otro tipo de impresora.</translation>
    </message>
    <message>
        <source>An engineer makes more with &apos;station serials make&apos;, or imports them; then retry.</source>
        <translation>Un ingeniero crea más con &apos;station serials make&apos;, o los importa; después reintente.</translation>
    </message>
    <message>
        <source>An engineer names its certificate in the recipe and stores its key in the keystore.</source>
        <translation>Un ingeniero nombra su certificado en la receta y guarda su clave en el almacén de claves.</translation>
    </message>
    <message>
        <source>An engineer restores the key &apos;station-seal&apos;, or has tokens gathered again and units provisioned anew: &apos;again = true&apos; in the recipe.</source>
        <translation>Un ingeniero restaura la clave &apos;station-seal&apos;, o hace reunir los tokens de nuevo y aprovisionar otra vez las unidades: &apos;again = true&apos; en la receta.</translation>
    </message>
    <message>
        <source>An engineer sets it up with &apos;station networks add&apos;.</source>
        <translation>Un ingeniero la configura con &apos;station networks add&apos;.</translation>
    </message>
    <message>
        <source>An engineer sets sign_in in the recipe&apos;s [cloud] table and stores the key.</source>
        <translation>Un ingeniero pone sign_in en la tabla [cloud] de la receta y guarda la clave.</translation>
    </message>
    <message>
        <source>An engineer sets the clock, best by NTP, then retry.</source>
        <translation>Un ingeniero pone el reloj en hora, mejor por NTP; después reintente.</translation>
    </message>
    <message>
        <source>An engineer sets the provision strategy of the device profile in the cloud.</source>
        <translation>Un ingeniero ajusta la estrategia del perfil de dispositivo en la nube.</translation>
    </message>
    <message>
        <source>An engineer stores it with &apos;station secret set NAME&apos;, or sets its environment variable.</source>
        <translation>Un ingeniero la guarda con &apos;station secret set NAME&apos;, o define su variable de entorno.</translation>
    </message>
    <message>
        <source>An engineer unlocks or mends the keystore, or sets the key&apos;s environment variable.</source>
        <translation>Un ingeniero desbloquea o repara el almacén de claves, o define la variable de entorno de la clave.</translation>
    </message>
    <message>
        <source>Another device uses the credential that was made for this unit.</source>
        <translation>Otro dispositivo usa la credencial que se creó para esta unidad.</translation>
    </message>
    <message>
        <source>Another program is using this port.</source>
        <translation>Otro programa está usando este puerto.</translation>
    </message>
    <message>
        <source>Another station program is already using this record.</source>
        <translation>Otro programa de estación ya usa este registro.</translation>
    </message>
    <message>
        <source>Another unit in the record has one of this unit&apos;s identities.</source>
        <translation>Otra unidad del registro tiene una de las identidades de esta.</translation>
    </message>
    <message>
        <source>Another unit sits in the slot than before the flash.</source>
        <translation>En el puesto hay otra unidad que antes de la grabación.</translation>
    </message>
    <message>
        <source>Ask a second person, who gives a reason and shows badge or PIN.</source>
        <translation>Pida a una segunda persona que dé un motivo y muestre tarjeta o PIN.</translation>
    </message>
    <message>
        <source>Ask another person for badge or PIN.</source>
        <translation>Pida a otra persona su tarjeta o PIN.</translation>
    </message>
    <message>
        <source>Ask somebody whose role allows what the detail names.</source>
        <translation>Pídalo a alguien cuyo rol permita lo que dice el detalle.</translation>
    </message>
    <message>
        <source>Call an engineer to free space. No unit is begun until then.</source>
        <translation>Llame a un ingeniero para liberar espacio. Hasta entonces no se empieza ninguna unidad.</translation>
    </message>
    <message>
        <source>Call an engineer. No unit is begun until then.</source>
        <translation>Llame a un ingeniero. Hasta entonces no se empieza ninguna unidad.</translation>
    </message>
    <message>
        <source>Call an engineer: the key is wrong, has expired, or belongs to the other generation of the API.</source>
        <translation>Llame a un ingeniero: la clave es errónea, ha caducado o es de la otra generación de la API.</translation>
    </message>
    <message>
        <source>Call an engineer: the key&apos;s user needs a role that may claim devices.</source>
        <translation>Llame a un ingeniero: el usuario de la clave necesita un rol que pueda reclamar dispositivos.</translation>
    </message>
    <message>
        <source>Check its antenna and its SIM card, and give it power where there is coverage.</source>
        <translation>Compruebe su antena y su tarjeta SIM, y enciéndala donde haya cobertura.</translation>
    </message>
    <message>
        <source>Check that it has power, press its reset button, then retry. Set it aside if it stays silent.</source>
        <translation>Compruebe que tiene corriente, pulse su botón de reinicio y reintente. Apártela si sigue muda.</translation>
    </message>
    <message>
        <source>Check that its light pulses, hold it nearer, then scan its label again.</source>
        <translation>Compruebe que su luz late, acérquela y escanee otra vez su etiqueta.</translation>
    </message>
    <message>
        <source>Check that its network reaches this place, then retry. Set it aside if it stays away.</source>
        <translation>Compruebe que su red llega hasta aquí y reintente. Apártela si sigue sin venir.</translation>
    </message>
    <message>
        <source>Check that the board has power, hold it nearer, then retry.</source>
        <translation>Compruebe que la placa tiene corriente, acérquela y reintente.</translation>
    </message>
    <message>
        <source>Check that the network is in reach. If other boards fail too tell an engineer.</source>
        <translation>Compruebe que la red está al alcance. Si otras placas también fallan, avise a un ingeniero.</translation>
    </message>
    <message>
        <source>Check that the printer is switched on and its cable is in, then retry.</source>
        <translation>Compruebe que la impresora está encendida y su cable conectado, y reintente.</translation>
    </message>
    <message>
        <source>Check the cable and retry. If it happens again set the unit aside.</source>
        <translation>Compruebe el cable y reintente. Si vuelve a ocurrir, aparte la unidad.</translation>
    </message>
    <message>
        <source>Check the network, then retry.</source>
        <translation>Compruebe la red y reintente.</translation>
    </message>
    <message>
        <source>Check the spelling. &apos;station people list&apos; shows who was named.</source>
        <translation>Compruebe cómo se escribe. &apos;station people list&apos; muestra quién está dado de alta.</translation>
    </message>
    <message>
        <source>Choose a reason, or type one.</source>
        <translation>Elija un motivo o escriba uno.</translation>
    </message>
    <message>
        <source>Choose another PIN.</source>
        <translation>Elija otro PIN.</translation>
    </message>
    <message>
        <source>Choose another name; &apos;station serials list&apos; shows what there is.</source>
        <translation>Elija otro nombre; &apos;station serials list&apos; muestra los que hay.</translation>
    </message>
    <message>
        <source>Choose another with --data-dir, or give this user the right to write there.</source>
        <translation>Elija otra con --data-dir, o dé a este usuario permiso para escribir en ella.</translation>
    </message>
    <message>
        <source>Choose one from the list; an engineer keeps the lists in station.toml.</source>
        <translation>Elija uno de la lista; un ingeniero mantiene las listas en station.toml.</translation>
    </message>
    <message>
        <source>Choose one from the list; an engineer writes them into the recipe.</source>
        <translation>Elija una de la lista; un ingeniero las escribe en la receta.</translation>
    </message>
    <message>
        <source>Choose one of the slots on the screen.</source>
        <translation>Elija uno de los puestos de la pantalla.</translation>
    </message>
    <message>
        <source>Choose the work order of its product, then ask for the label again.</source>
        <translation>Elija la orden de trabajo de su producto y pida otra vez la etiqueta.</translation>
    </message>
    <message>
        <source>Claim it first. If it was claimed before, an engineer looks for who unclaimed it.</source>
        <translation>Reclámela primero. Si ya se reclamó antes, un ingeniero averigua quién la soltó.</translation>
    </message>
    <message>
        <source>Close serial terminals and other tools on this computer, then retry.</source>
        <translation>Cierre terminales serie y otras herramientas en este equipo, y reintente.</translation>
    </message>
    <message>
        <source>Close the head until it clicks, then retry.</source>
        <translation>Cierre el cabezal hasta que haga clic, y reintente.</translation>
    </message>
    <message>
        <source>Close the other window, or give this one a folder of its own with --data-dir.</source>
        <translation>Cierre la otra ventana, o dé a esta una carpeta propia con --data-dir.</translation>
    </message>
    <message>
        <source>Correct the rows that are named, or make the file anew.</source>
        <translation>Corrija las filas indicadas, o haga el archivo de nuevo.</translation>
    </message>
    <message>
        <source>Do what the picture shows, until the light goes off.</source>
        <translation>Haga lo que muestra la imagen, hasta que la luz se apague.</translation>
    </message>
    <message>
        <source>Fill in what is named, then try again.</source>
        <translation>Rellene lo indicado y vuelva a intentarlo.</translation>
    </message>
    <message>
        <source>Find it by that number: its whole life is there.</source>
        <translation>Búsquela por ese número: allí está toda su vida.</translation>
    </message>
    <message>
        <source>Find the unit again, or take it into the record by hand.</source>
        <translation>Busque la unidad otra vez, o añádala al registro a mano.</translation>
    </message>
    <message>
        <source>Give a badge, a PIN, or both.</source>
        <translation>Dé una tarjeta, un PIN o ambos.</translation>
    </message>
    <message>
        <source>Go on with its open case, or close that one first.</source>
        <translation>Siga con su caso abierto, o ciérrelo primero.</translation>
    </message>
    <message>
        <source>Have the station reach its cloud once, or an engineer puts the file in its place.</source>
        <translation>Haga que la estación llegue una vez a su nube, o un ingeniero pone el archivo en su sitio.</translation>
    </message>
    <message>
        <source>Hold its BOOT button, press and let go of reset, let go of BOOT, then retry.</source>
        <translation>Mantenga su botón BOOT, pulse y suelte reset, suelte BOOT y reintente.</translation>
    </message>
    <message>
        <source>If this is a returned unit a technician sets it up anew. If not, set it aside.</source>
        <translation>Si es una unidad devuelta, un técnico la configura de nuevo. Si no, apártela.</translation>
    </message>
    <message>
        <source>If this is a returned unit a technician sets it up anew. If not, two units say the same name: set it aside.</source>
        <translation>Si es una unidad devuelta, un técnico la configura de nuevo. Si no, dos unidades dicen el mismo nombre: apártela.</translation>
    </message>
    <message>
        <source>Install a real keystore (gnome-keyring or KWallet), or use the environment variable.</source>
        <translation>Instale un almacén de claves de verdad (gnome-keyring o KWallet), o use la variable de entorno.</translation>
    </message>
    <message>
        <source>Install that version or a later one.</source>
        <translation>Instale esa versión o una posterior.</translation>
    </message>
    <message>
        <source>Leave the board in its slot: the station asks again by itself.</source>
        <translation>Deje la placa en su puesto: la estación vuelve a preguntar sola.</translation>
    </message>
    <message>
        <source>Let its run pass first: the label is printed at its end.</source>
        <translation>Deje que pase su ciclo primero: la etiqueta se imprime al final.</translation>
    </message>
    <message>
        <source>Look at the printer. On the next try scan the label if it came out, or say no.</source>
        <translation>Mire la impresora. En el próximo intento escanee la etiqueta si salió, o diga que no.</translation>
    </message>
    <message>
        <source>Look at the printer: put in labels or ribbon, close its head, then retry.</source>
        <translation>Mire la impresora: ponga etiquetas o cinta, cierre su cabezal y reintente.</translation>
    </message>
    <message>
        <source>ModemManager is using this port.</source>
        <translation>ModemManager está usando este puerto.</translation>
    </message>
    <message>
        <source>Name an engineer first: from then on nobody is let in who was not named.</source>
        <translation>Dé de alta primero a un ingeniero: desde entonces no entra nadie que no esté dado de alta.</translation>
    </message>
    <message>
        <source>Name another engineer first.</source>
        <translation>Dé de alta primero a otro ingeniero.</translation>
    </message>
    <message>
        <source>No board sits in this slot.</source>
        <translation>No hay ninguna placa en este puesto.</translation>
    </message>
    <message>
        <source>No serial number is left for this unit.</source>
        <translation>No queda ningún número de serie para esta unidad.</translation>
    </message>
    <message>
        <source>No such board is on the air.</source>
        <translation>No se oye esa placa por radio.</translation>
    </message>
    <message>
        <source>Nobody can approve what they ask for themselves.</source>
        <translation>Nadie puede aprobar lo que pide para sí.</translation>
    </message>
    <message>
        <source>Nobody can say whether the label was printed.</source>
        <translation>Nadie puede decir si la etiqueta se imprimió.</translation>
    </message>
    <message>
        <source>Nobody is signed in without a name.</source>
        <translation>Nadie inicia sesión sin un nombre.</translation>
    </message>
    <message>
        <source>Nobody is signed in.</source>
        <translation>Nadie ha iniciado sesión.</translation>
    </message>
    <message>
        <source>Nobody of this name works at this station.</source>
        <translation>Nadie con este nombre trabaja en esta estación.</translation>
    </message>
    <message>
        <source>Nobody was named here yet, and the first has to be an engineer.</source>
        <translation>Aquí aún no hay nadie dado de alta, y el primero tiene que ser un ingeniero.</translation>
    </message>
    <message>
        <source>Only the unit itself can log in to the cloud: its key never left it.</source>
        <translation>Solo la propia unidad puede entrar en la nube: su clave nunca salió de ella.</translation>
    </message>
    <message>
        <source>Open a case for it: say why it came back.</source>
        <translation>Abra un caso para ella: diga por qué volvió.</translation>
    </message>
    <message>
        <source>Plug in a Bluetooth adapter, or ask an engineer to start the Bluetooth service.</source>
        <translation>Conecte un adaptador Bluetooth, o pida a un ingeniero que inicie el servicio Bluetooth.</translation>
    </message>
    <message>
        <source>Plug it in. An engineer compares the recipe&apos;s probe with what &apos;pyocd list&apos; shows.</source>
        <translation>Conéctela. Un ingeniero compara la sonda de la receta con lo que muestra &apos;pyocd list&apos;.</translation>
    </message>
    <message>
        <source>Plug it into one of the slots; an engineer can teach this socket in station.toml.</source>
        <translation>Conéctela a uno de los puestos; un ingeniero puede enseñar esta toma en station.toml.</translation>
    </message>
    <message>
        <source>Plug the board in again, firmly.</source>
        <translation>Conecte la placa otra vez, con firmeza.</translation>
    </message>
    <message>
        <source>Plug the board in again, or correct the port&apos;s name.</source>
        <translation>Conecte la placa otra vez, o corrija el nombre del puerto.</translation>
    </message>
    <message>
        <source>Plug the board into the socket of the slot that the screen names.</source>
        <translation>Conecte la placa a la toma del puesto que nombra la pantalla.</translation>
    </message>
    <message>
        <source>Plug the scanner in again. Everything can be done by keyboard meanwhile.</source>
        <translation>Conecte otra vez el lector. Mientras tanto todo se puede hacer con el teclado.</translation>
    </message>
    <message>
        <source>Plug the unit in, then try again.</source>
        <translation>Conecte la unidad y vuelva a intentarlo.</translation>
    </message>
    <message>
        <source>Press its reset button twice, quickly, then retry. If it happens again set it aside.</source>
        <translation>Pulse dos veces seguidas su botón de reinicio y reintente. Si vuelve a ocurrir, apártela.</translation>
    </message>
    <message>
        <source>Press its reset button, or plug it in again, then retry.</source>
        <translation>Pulse su botón de reinicio o conéctela otra vez, y reintente.</translation>
    </message>
    <message>
        <source>Press the board&apos;s reset button, or unplug it and plug it in again, then retry.</source>
        <translation>Pulse el botón de reinicio de la placa, o desconéctela y conéctela otra vez, y reintente.</translation>
    </message>
    <message>
        <source>Press the printer&apos;s pause key, or have the print queue started again, then retry.</source>
        <translation>Pulse la tecla de pausa de la impresora, o haga reanudar la cola de impresión, y reintente.</translation>
    </message>
    <message>
        <source>Provisioning is switched off for this product in the cloud.</source>
        <translation>El aprovisionamiento está desactivado para este producto en la nube.</translation>
    </message>
    <message>
        <source>Put in a new ribbon, press the printer&apos;s pause key, then retry.</source>
        <translation>Ponga una cinta nueva, pulse la tecla de pausa de la impresora y reintente.</translation>
    </message>
    <message>
        <source>Put in a new roll, press the printer&apos;s feed key, then retry.</source>
        <translation>Ponga un rollo nuevo, pulse la tecla de avance de la impresora y reintente.</translation>
    </message>
    <message>
        <source>Put it into the bin for scrap. If it should not be there tell an engineer.</source>
        <translation>Póngala en el contenedor de desecho. Si no debería estar allí, avise a un ingeniero.</translation>
    </message>
    <message>
        <source>Put the board on a USB cable: the station brings it up to date there.</source>
        <translation>Conecte la placa a un cable USB: allí la estación la pone al día.</translation>
    </message>
    <message>
        <source>Put the first unit back and retry. Set the other one aside: it may have been flashed.</source>
        <translation>Vuelva a poner la primera unidad y reintente. Aparte la otra: puede haber sido grabada.</translation>
    </message>
    <message>
        <source>Put the right unit into the slot, or find this one on the Rework page.</source>
        <translation>Ponga la unidad correcta en el puesto, o busque esta en la página Reparación.</translation>
    </message>
    <message>
        <source>Put the unit in again: the station goes on from what is already true.</source>
        <translation>Ponga otra vez la unidad: la estación sigue desde lo que ya está hecho.</translation>
    </message>
    <message>
        <source>Retry once, then tell an engineer.</source>
        <translation>Reintente una vez y avise a un ingeniero.</translation>
    </message>
    <message>
        <source>Retry once. If it happens again do not ship the unit.</source>
        <translation>Reintente una vez. Si vuelve a ocurrir, no envíe la unidad.</translation>
    </message>
    <message>
        <source>Retry once. If it happens again do not ship the unit: tell an engineer.</source>
        <translation>Reintente una vez. Si vuelve a ocurrir, no envíe la unidad: avise a un ingeniero.</translation>
    </message>
    <message>
        <source>Retry once. If it happens again set the unit aside for reflashing.</source>
        <translation>Reintente una vez. Si vuelve a ocurrir, aparte la unidad para grabarla de nuevo.</translation>
    </message>
    <message>
        <source>Retry once. If it happens again set the unit aside for repair.</source>
        <translation>Reintente una vez. Si vuelve a ocurrir, aparte la unidad para repararla.</translation>
    </message>
    <message>
        <source>Retry once. If it happens again set the unit aside.</source>
        <translation>Reintente una vez. Si vuelve a ocurrir, aparte la unidad.</translation>
    </message>
    <message>
        <source>Retry once. If it happens again tell an engineer: somebody else may have changed it.</source>
        <translation>Reintente una vez. Si vuelve a ocurrir, avise a un ingeniero: alguien puede haberla cambiado.</translation>
    </message>
    <message>
        <source>Retry once. If it happens again tell an engineer: the recipe&apos;s image or version is wrong.</source>
        <translation>Reintente una vez. Si vuelve a ocurrir, avise a un ingeniero: la imagen o la versión de la receta es errónea.</translation>
    </message>
    <message>
        <source>Retry the unit, or set it aside for a technician.</source>
        <translation>Reintente la unidad, o apártela para un técnico.</translation>
    </message>
    <message>
        <source>Retry when ready.</source>
        <translation>Reintente cuando esté listo.</translation>
    </message>
    <message>
        <source>Retry with the label of the unit in this slot. If it was that one, set the unit aside.</source>
        <translation>Reintente con la etiqueta de la unidad de este puesto. Si era esa, aparte la unidad.</translation>
    </message>
    <message>
        <source>Retry. If it happens again give the log file to an engineer.</source>
        <translation>Reintente. Si vuelve a ocurrir, dé el archivo de registro a un ingeniero.</translation>
    </message>
    <message>
        <source>Retry. If it happens again set the unit aside and tell an engineer.</source>
        <translation>Reintente. Si vuelve a ocurrir, aparte la unidad y avise a un ingeniero.</translation>
    </message>
    <message>
        <source>Retry. If it happens again set the unit aside.</source>
        <translation>Reintente. Si vuelve a ocurrir, aparte la unidad.</translation>
    </message>
    <message>
        <source>Retry: the station makes another. Tell an engineer if it happens again.</source>
        <translation>Reintente: la estación crea otra. Avise a un ingeniero si vuelve a ocurrir.</translation>
    </message>
    <message>
        <source>Scan it again. If it goes on an engineer checks the scanner&apos;s settings.</source>
        <translation>Escanéelo otra vez. Si sigue así, un ingeniero comprueba los ajustes del lector.</translation>
    </message>
    <message>
        <source>Scan the badge. An engineer sets what badges look like in the station&apos;s settings.</source>
        <translation>Escanee la tarjeta. Un ingeniero fija en los ajustes de la estación cómo son las tarjetas.</translation>
    </message>
    <message>
        <source>Scan the label of the board in your hand, or choose it from the list.</source>
        <translation>Escanee la etiqueta de la placa que tiene en la mano, o elíjala de la lista.</translation>
    </message>
    <message>
        <source>Scan the order&apos;s sheet again. An engineer adds orders with &apos;station orders add&apos;.</source>
        <translation>Escanee otra vez la hoja de la orden. Un ingeniero añade órdenes con &apos;station orders add&apos;.</translation>
    </message>
    <message>
        <source>Scan your own badge, or sign in with name and PIN. An engineer names people.</source>
        <translation>Escanee su propia tarjeta, o entre con nombre y PIN. Un ingeniero da de alta a las personas.</translation>
    </message>
    <message>
        <source>Scrap it, or have an engineer approve of one more time.</source>
        <translation>Deséchela, o haga que un ingeniero apruebe una vez más.</translation>
    </message>
    <message>
        <source>Set both units aside and tell an engineer.</source>
        <translation>Aparte ambas unidades y avise a un ingeniero.</translation>
    </message>
    <message>
        <source>Set it aside for a modem firmware update, or use a recipe made for this hardware.</source>
        <translation>Apártela para actualizar el firmware del módem, o use una receta para este hardware.</translation>
    </message>
    <message>
        <source>Set the unit aside and tell an engineer.</source>
        <translation>Aparte la unidad y avise a un ingeniero.</translation>
    </message>
    <message>
        <source>Set the unit aside and tell an engineer: its identity can&apos;t be trusted.</source>
        <translation>Aparte la unidad y avise a un ingeniero: su identidad no es de fiar.</translation>
    </message>
    <message>
        <source>Set the unit aside for an update of its Wi-Fi firmware.</source>
        <translation>Aparte la unidad para actualizar su firmware Wi-Fi.</translation>
    </message>
    <message>
        <source>Set the unit aside for repair.</source>
        <translation>Aparte la unidad para repararla.</translation>
    </message>
    <message>
        <source>Set the unit aside. An engineer deletes or renames the other device, or sees to the name&apos;s pattern.</source>
        <translation>Aparte la unidad. Un ingeniero elimina o renombra el otro dispositivo, o revisa el patrón del nombre.</translation>
    </message>
    <message>
        <source>Set the unit aside. An engineer looks at the name&apos;s pattern in the recipe.</source>
        <translation>Aparte la unidad. Un ingeniero mira el patrón del nombre en la receta.</translation>
    </message>
    <message>
        <source>Set the unit aside. An engineer looks at the named field and line of the template.</source>
        <translation>Aparte la unidad. Un ingeniero mira el campo y la línea indicados de la plantilla.</translation>
    </message>
    <message>
        <source>Set the unit aside. An engineer looks for its name in the cloud; with an engineer&apos;s key in the keystore the station says more.</source>
        <translation>Aparte la unidad. Un ingeniero busca su nombre en la nube; con la clave de un ingeniero en el almacén de claves la estación dice más.</translation>
    </message>
    <message>
        <source>Set the unit aside. An engineer registers it, or finds out where it comes from.</source>
        <translation>Aparte la unidad. Un ingeniero la registra, o averigua de dónde viene.</translation>
    </message>
    <message>
        <source>Set the unit aside: it takes none but signed or encrypted images. Tell an engineer.</source>
        <translation>Aparte la unidad: solo acepta imágenes firmadas o cifradas. Avise a un ingeniero.</translation>
    </message>
    <message>
        <source>Set the unit aside: its present owner must unclaim it first.</source>
        <translation>Aparte la unidad: su dueño actual tiene que soltarla primero.</translation>
    </message>
    <message>
        <source>Several boards are near, and nobody can say which one is meant.</source>
        <translation>Hay varias placas cerca, y nadie puede decir cuál es.</translation>
    </message>
    <message>
        <source>Sign in first: F2.</source>
        <translation>Inicie sesión primero: F2.</translation>
    </message>
    <message>
        <source>Sign in without a recipe, wait until all slots are at rest, then teach them.</source>
        <translation>Inicie sesión sin receta, espere a que todos los puestos estén en reposo y enséñelos.</translation>
    </message>
    <message>
        <source>Slots can&apos;t be taught while units are being worked on.</source>
        <translation>No se pueden enseñar puestos mientras se trabaja en unidades.</translation>
    </message>
    <message>
        <source>Somebody of this name works at this station already.</source>
        <translation>Alguien con este nombre ya trabaja en esta estación.</translation>
    </message>
    <message>
        <source>Something is being done in this slot.</source>
        <translation>Se está haciendo algo en este puesto.</translation>
    </message>
    <message>
        <source>Something that is not the cloud answered.</source>
        <translation>Respondió algo que no es la nube.</translation>
    </message>
    <message>
        <source>Something that must be said was left empty.</source>
        <translation>Quedó vacío algo que hay que decir.</translation>
    </message>
    <message>
        <source>Stopped by the operator.</source>
        <translation>Detenido por el operador.</translation>
    </message>
    <message>
        <source>Switch Bluetooth on, then retry.</source>
        <translation>Active Bluetooth y reintente.</translation>
    </message>
    <message>
        <source>Switch its power off and on again, and leave its cable in.</source>
        <translation>Apáguela y enciéndala otra vez, y deje su cable conectado.</translation>
    </message>
    <message>
        <source>Take another badge, or take it away from whoever has it.</source>
        <translation>Tome otra tarjeta, o quítesela a quien la tiene.</translation>
    </message>
    <message>
        <source>Take it off and have it printed again, then retry.</source>
        <translation>Despéguela, haga que se imprima otra vez y reintente.</translation>
    </message>
    <message>
        <source>Take it out and check which work order it belongs to.</source>
        <translation>Sáquela y compruebe a qué orden de trabajo pertenece.</translation>
    </message>
    <message>
        <source>Tell an engineer: the record has the cloud&apos;s own words.</source>
        <translation>Avise a un ingeniero: el registro tiene las palabras de la nube.</translation>
    </message>
    <message>
        <source>That code did not come over whole.</source>
        <translation>Ese código no llegó entero.</translation>
    </message>
    <message>
        <source>The Bluetooth connection to the board was lost.</source>
        <translation>Se perdió la conexión Bluetooth con la placa.</translation>
    </message>
    <message>
        <source>The attestation token does not belong to this board.</source>
        <translation>El token de autenticidad no pertenece a esta placa.</translation>
    </message>
    <message>
        <source>The board already holds a key in this place.</source>
        <translation>La placa ya tiene una clave en este lugar.</translation>
    </message>
    <message>
        <source>The board could not be flashed.</source>
        <translation>No se pudo grabar la placa.</translation>
    </message>
    <message>
        <source>The board could not carry out what the cloud ordered.</source>
        <translation>La placa no pudo cumplir lo que ordenó la nube.</translation>
    </message>
    <message>
        <source>The board could not join the network.</source>
        <translation>La placa no pudo unirse a la red.</translation>
    </message>
    <message>
        <source>The board did not come back after it was restarted.</source>
        <translation>La placa no volvió después de reiniciarse.</translation>
    </message>
    <message>
        <source>The board did not keep what was written to it.</source>
        <translation>La placa no guardó lo que se le escribió.</translation>
    </message>
    <message>
        <source>The board does not answer.</source>
        <translation>La placa no responde.</translation>
    </message>
    <message>
        <source>The board does not run the sketch that this work needs.</source>
        <translation>La placa no ejecuta el sketch que este trabajo necesita.</translation>
    </message>
    <message>
        <source>The board in the slot is not the unit that is meant. Nothing was done to it.</source>
        <translation>La placa del puesto no es la unidad indicada. No se le hizo nada.</translation>
    </message>
    <message>
        <source>The board is alive, but its receiver hangs.</source>
        <translation>La placa vive, pero su receptor está colgado.</translation>
    </message>
    <message>
        <source>The board waits for a hand.</source>
        <translation>La placa espera una mano.</translation>
    </message>
    <message>
        <source>The board was unplugged, or its cable lost contact.</source>
        <translation>Se desconectó la placa, o su cable perdió contacto.</translation>
    </message>
    <message>
        <source>The board&apos;s answers are garbled.</source>
        <translation>Las respuestas de la placa son ilegibles.</translation>
    </message>
    <message>
        <source>The board&apos;s attestation token is cut short or garbled.</source>
        <translation>El token de autenticidad de la placa está cortado o es ilegible.</translation>
    </message>
    <message>
        <source>The board&apos;s firmware refused a command.</source>
        <translation>El firmware de la placa rechazó una orden.</translation>
    </message>
    <message>
        <source>The board&apos;s flash does not keep what is written.</source>
        <translation>La memoria flash de la placa no guarda lo que se escribe.</translation>
    </message>
    <message>
        <source>The board&apos;s key is not the one that it should have.</source>
        <translation>La clave de la placa no es la que debería tener.</translation>
    </message>
    <message>
        <source>The board&apos;s sketch is older than its cloud takes, and it can&apos;t be changed this way.</source>
        <translation>El sketch de la placa es más antiguo de lo que acepta su nube, y así no se puede cambiar.</translation>
    </message>
    <message>
        <source>The chip&apos;s boot loader does not answer.</source>
        <translation>El cargador de arranque del chip no responde.</translation>
    </message>
    <message>
        <source>The chip&apos;s security fuses forbid this image.</source>
        <translation>Los fusibles de seguridad del chip prohíben esta imagen.</translation>
    </message>
    <message>
        <source>The cloud account holds as many devices as it may.</source>
        <translation>La cuenta de la nube tiene tantos dispositivos como puede.</translation>
    </message>
    <message>
        <source>The cloud asks the station to slow down.</source>
        <translation>La nube pide a la estación que vaya más despacio.</translation>
    </message>
    <message>
        <source>The cloud can&apos;t be reached.</source>
        <translation>No se puede llegar a la nube.</translation>
    </message>
    <message>
        <source>The cloud can&apos;t call a device by this unit&apos;s name.</source>
        <translation>La nube no puede llamar a un dispositivo con el nombre de esta unidad.</translation>
    </message>
    <message>
        <source>The cloud did not answer in time.</source>
        <translation>La nube no respondió a tiempo.</translation>
    </message>
    <message>
        <source>The cloud did not register this unit.</source>
        <translation>La nube no registró esta unidad.</translation>
    </message>
    <message>
        <source>The cloud did not say whether this was done.</source>
        <translation>La nube no dijo si esto se hizo.</translation>
    </message>
    <message>
        <source>The cloud does not accept the station&apos;s key.</source>
        <translation>La nube no acepta la clave de la estación.</translation>
    </message>
    <message>
        <source>The cloud does not accept this board&apos;s attestation token.</source>
        <translation>La nube no acepta el token de autenticidad de esta placa.</translation>
    </message>
    <message>
        <source>The cloud does not hold this unit for us.</source>
        <translation>La nube no tiene esta unidad para nosotros.</translation>
    </message>
    <message>
        <source>The cloud does not let devices of this product in by this transport.</source>
        <translation>La nube no deja entrar dispositivos de este producto por este transporte.</translation>
    </message>
    <message>
        <source>The cloud does not let the unit in with its new credential.</source>
        <translation>La nube no deja entrar la unidad con su nueva credencial.</translation>
    </message>
    <message>
        <source>The cloud has a device of this unit&apos;s name already.</source>
        <translation>La nube ya tiene un dispositivo con el nombre de esta unidad.</translation>
    </message>
    <message>
        <source>The cloud has a device of this unit&apos;s name as another product.</source>
        <translation>La nube tiene un dispositivo con el nombre de esta unidad como otro producto.</translation>
    </message>
    <message>
        <source>The cloud has a fault of its own.</source>
        <translation>La nube tiene un fallo propio.</translation>
    </message>
    <message>
        <source>The cloud has provisioned this unit before.</source>
        <translation>La nube ya aprovisionó esta unidad antes.</translation>
    </message>
    <message>
        <source>The cloud holds as many orders for this unit as it can.</source>
        <translation>La nube tiene tantas órdenes para esta unidad como puede.</translation>
    </message>
    <message>
        <source>The cloud knows no product with this provision key and secret.</source>
        <translation>La nube no conoce ningún producto con esta clave y este secreto.</translation>
    </message>
    <message>
        <source>The cloud provisions this product in another way than the recipe says.</source>
        <translation>La nube aprovisiona este producto de otra forma que la receta.</translation>
    </message>
    <message>
        <source>The cloud refused the request.</source>
        <translation>La nube rechazó la petición.</translation>
    </message>
    <message>
        <source>The cloud refused to provision this unit, and does not say why.</source>
        <translation>La nube rechazó aprovisionar esta unidad y no dice por qué.</translation>
    </message>
    <message>
        <source>The cloud still lets the unit in with what it had.</source>
        <translation>La nube aún deja entrar la unidad con lo que tenía.</translation>
    </message>
    <message>
        <source>The cloud&apos;s certificate can&apos;t be verified.</source>
        <translation>No se puede verificar el certificado de la nube.</translation>
    </message>
    <message>
        <source>The debug probe for this slot is not there.</source>
        <translation>La sonda de depuración de este puesto no está.</translation>
    </message>
    <message>
        <source>The disk is full: nothing can be recorded.</source>
        <translation>El disco está lleno: no se puede registrar nada.</translation>
    </message>
    <message>
        <source>The factory&apos;s lists have no such code.</source>
        <translation>Las listas de la fábrica no tienen ese código.</translation>
    </message>
    <message>
        <source>The file has a mistake.</source>
        <translation>El archivo tiene un error.</translation>
    </message>
    <message>
        <source>The firmware of the board&apos;s Wi-Fi module is older than its cloud takes.</source>
        <translation>El firmware del módulo Wi-Fi de la placa es más antiguo de lo que acepta su nube.</translation>
    </message>
    <message>
        <source>The image to be flashed is not here and can&apos;t be fetched.</source>
        <translation>La imagen que se va a grabar no está aquí y no se puede descargar.</translation>
    </message>
    <message>
        <source>The image to be flashed is not the one that it should be.</source>
        <translation>La imagen que se va a grabar no es la que debería ser.</translation>
    </message>
    <message>
        <source>The label of this unit belongs to another recipe.</source>
        <translation>La etiqueta de esta unidad pertenece a otra receta.</translation>
    </message>
    <message>
        <source>The label printer does not answer.</source>
        <translation>La impresora de etiquetas no responde.</translation>
    </message>
    <message>
        <source>The label printer does not say how it is, as it did before.</source>
        <translation>La impresora de etiquetas ya no dice cómo está.</translation>
    </message>
    <message>
        <source>The label printer is out of labels.</source>
        <translation>La impresora de etiquetas no tiene etiquetas.</translation>
    </message>
    <message>
        <source>The label printer is paused.</source>
        <translation>La impresora de etiquetas está en pausa.</translation>
    </message>
    <message>
        <source>The label printer takes no more work for the moment.</source>
        <translation>La impresora de etiquetas no acepta más trabajo por ahora.</translation>
    </message>
    <message>
        <source>The label printer&apos;s head is open.</source>
        <translation>El cabezal de la impresora de etiquetas está abierto.</translation>
    </message>
    <message>
        <source>The label printer&apos;s head is too hot or too cold.</source>
        <translation>El cabezal de la impresora de etiquetas está demasiado caliente o demasiado frío.</translation>
    </message>
    <message>
        <source>The label printer&apos;s ribbon has run out.</source>
        <translation>La cinta de la impresora de etiquetas se ha acabado.</translation>
    </message>
    <message>
        <source>The label that was printed can&apos;t be read.</source>
        <translation>La etiqueta impresa no se puede leer.</translation>
    </message>
    <message>
        <source>The label that was scanned is not the label of this unit.</source>
        <translation>La etiqueta escaneada no es la de esta unidad.</translation>
    </message>
    <message>
        <source>The label&apos;s template has a mistake.</source>
        <translation>La plantilla de la etiqueta tiene un error.</translation>
    </message>
    <message>
        <source>The name or the PIN is wrong.</source>
        <translation>El nombre o el PIN es erróneo.</translation>
    </message>
    <message>
        <source>The network that the recipe names is not set up on this station.</source>
        <translation>La red que nombra la receta no está configurada en esta estación.</translation>
    </message>
    <message>
        <source>The port is not there.</source>
        <translation>El puerto no está.</translation>
    </message>
    <message>
        <source>The printer does not take this label.</source>
        <translation>La impresora no acepta esta etiqueta.</translation>
    </message>
    <message>
        <source>The program that flashes this board is not installed.</source>
        <translation>El programa que graba esta placa no está instalado.</translation>
    </message>
    <message>
        <source>The recipe has a mistake.</source>
        <translation>La receta tiene un error.</translation>
    </message>
    <message>
        <source>The recipe has no such rework.</source>
        <translation>La receta no tiene esa reparación.</translation>
    </message>
    <message>
        <source>The record can&apos;t be written.</source>
        <translation>No se puede escribir el registro.</translation>
    </message>
    <message>
        <source>The record has no such unit.</source>
        <translation>El registro no tiene esa unidad.</translation>
    </message>
    <message>
        <source>The record knows this unit already.</source>
        <translation>El registro ya conoce esta unidad.</translation>
    </message>
    <message>
        <source>The record was written by a newer version of the station.</source>
        <translation>El registro lo escribió una versión más nueva de la estación.</translation>
    </message>
    <message>
        <source>The scanner on the serial port is not there.</source>
        <translation>El lector del puerto serie no está.</translation>
    </message>
    <message>
        <source>The station does not know this work order.</source>
        <translation>La estación no conoce esta orden de trabajo.</translation>
    </message>
    <message>
        <source>The station made a mistake of its own.</source>
        <translation>La estación cometió un error propio.</translation>
    </message>
    <message>
        <source>The station stopped in the middle of this run.</source>
        <translation>La estación se detuvo en medio de este ciclo.</translation>
    </message>
    <message>
        <source>The station works on as many boards by Bluetooth as it can.</source>
        <translation>La estación trabaja por Bluetooth con tantas placas como puede.</translation>
    </message>
    <message>
        <source>The station&apos;s folder can&apos;t be written.</source>
        <translation>No se puede escribir en la carpeta de la estación.</translation>
    </message>
    <message>
        <source>The station&apos;s key is not allowed to do this.</source>
        <translation>La clave de la estación no tiene permiso para esto.</translation>
    </message>
    <message>
        <source>The station&apos;s own certificate authority is not to be had.</source>
        <translation>La autoridad de certificación de la estación no está disponible.</translation>
    </message>
    <message>
        <source>The station&apos;s settings have a mistake.</source>
        <translation>Los ajustes de la estación tienen un error.</translation>
    </message>
    <message>
        <source>The unit did not come to its cloud by itself.</source>
        <translation>La unidad no llegó sola a su nube.</translation>
    </message>
    <message>
        <source>The unit still holds credentials after they were erased.</source>
        <translation>La unidad aún tiene credenciales después de borrarlas.</translation>
    </message>
    <message>
        <source>The unit was claimed but never came online.</source>
        <translation>La unidad se reclamó pero nunca se conectó.</translation>
    </message>
    <message>
        <source>There is no reason given.</source>
        <translation>No se ha dado ningún motivo.</translation>
    </message>
    <message>
        <source>There is no such printer on this computer.</source>
        <translation>No hay tal impresora en este equipo.</translation>
    </message>
    <message>
        <source>There is no such slot.</source>
        <translation>No existe ese puesto.</translation>
    </message>
    <message>
        <source>There is such a pool of serial numbers already.</source>
        <translation>Ya existe esa reserva de números de serie.</translation>
    </message>
    <message>
        <source>There were too many wrong tries.</source>
        <translation>Hubo demasiados intentos erróneos.</translation>
    </message>
    <message>
        <source>This badge is nobody&apos;s here.</source>
        <translation>Esta tarjeta no es de nadie aquí.</translation>
    </message>
    <message>
        <source>This badge is somebody else&apos;s.</source>
        <translation>Esta tarjeta es de otra persona.</translation>
    </message>
    <message>
        <source>This board can&apos;t be claimed by its cloud.</source>
        <translation>Su nube no puede reclamar esta placa.</translation>
    </message>
    <message>
        <source>This board can&apos;t be told to ask its cloud.</source>
        <translation>A esta placa no se le puede decir que pregunte a su nube.</translation>
    </message>
    <message>
        <source>This board is not the product of this work order.</source>
        <translation>Esta placa no es el producto de esta orden de trabajo.</translation>
    </message>
    <message>
        <source>This can&apos;t be a PIN: it takes 4 to 12 digits, and not such as 1111 or 1234.</source>
        <translation>Esto no puede ser un PIN: tiene de 4 a 12 cifras, y no como 1111 o 1234.</translation>
    </message>
    <message>
        <source>This computer has no Bluetooth that the station can use.</source>
        <translation>Este equipo no tiene un Bluetooth que la estación pueda usar.</translation>
    </message>
    <message>
        <source>This computer&apos;s Bluetooth is switched off.</source>
        <translation>El Bluetooth de este equipo está desactivado.</translation>
    </message>
    <message>
        <source>This computer&apos;s clock is wrong.</source>
        <translation>El reloj de este equipo está mal.</translation>
    </message>
    <message>
        <source>This computer&apos;s keystore fails when it is asked for a key.</source>
        <translation>El almacén de claves de este equipo falla cuando se le pide una clave.</translation>
    </message>
    <message>
        <source>This computer&apos;s keystore would keep secrets in plain text.</source>
        <translation>El almacén de claves de este equipo guardaría secretos en texto claro.</translation>
    </message>
    <message>
        <source>This does not read as a badge at this station.</source>
        <translation>Esto no se lee como una tarjeta en esta estación.</translation>
    </message>
    <message>
        <source>This failure is none that may be skipped.</source>
        <translation>Este fallo no es de los que se pueden omitir.</translation>
    </message>
    <message>
        <source>This goes against the rule: a second person has to approve it.</source>
        <translation>Esto va contra la regla: una segunda persona tiene que aprobarlo.</translation>
    </message>
    <message>
        <source>This is the last engineer of this station.</source>
        <translation>Este es el último ingeniero de esta estación.</translation>
    </message>
    <message>
        <source>This needs an engineer&apos;s key to the cloud, and the recipe names none.</source>
        <translation>Esto necesita la clave de un ingeniero para la nube, y la receta no nombra ninguna.</translation>
    </message>
    <message>
        <source>This socket was taught already, for another slot.</source>
        <translation>Esta toma ya se enseñó, para otro puesto.</translation>
    </message>
    <message>
        <source>This step took too long.</source>
        <translation>Este paso tardó demasiado.</translation>
    </message>
    <message>
        <source>This unit already belongs to another team in the cloud.</source>
        <translation>Esta unidad ya pertenece a otro equipo en la nube.</translation>
    </message>
    <message>
        <source>This unit is in rework already.</source>
        <translation>Esta unidad ya está en reparación.</translation>
    </message>
    <message>
        <source>This unit is not in rework.</source>
        <translation>Esta unidad no está en reparación.</translation>
    </message>
    <message>
        <source>This unit is not on the cloud&apos;s list of units to come.</source>
        <translation>Esta unidad no está en la lista de unidades esperadas de la nube.</translation>
    </message>
    <message>
        <source>This unit was never given a label here.</source>
        <translation>A esta unidad nunca se le dio una etiqueta aquí.</translation>
    </message>
    <message>
        <source>This unit was reworked as often as the factory allows.</source>
        <translation>Esta unidad se reparó tantas veces como permite la fábrica.</translation>
    </message>
    <message>
        <source>This unit was scrapped: nothing is done to it any more.</source>
        <translation>Esta unidad se desechó: ya no se le hace nada.</translation>
    </message>
    <message>
        <source>This user may not open the port.</source>
        <translation>Este usuario no puede abrir el puerto.</translation>
    </message>
    <message>
        <source>This user may not print on this printer.</source>
        <translation>Este usuario no puede imprimir en esta impresora.</translation>
    </message>
    <message>
        <source>Try again. An engineer gives a new PIN to whoever has forgotten theirs.</source>
        <translation>Inténtelo otra vez. Un ingeniero da un PIN nuevo a quien olvidó el suyo.</translation>
    </message>
    <message>
        <source>Type your PIN.</source>
        <translation>Escriba su PIN.</translation>
    </message>
    <message>
        <source>Type your name or scan your badge.</source>
        <translation>Escriba su nombre o escanee su tarjeta.</translation>
    </message>
    <message>
        <source>Use a recipe that flashes it, over the USB cable.</source>
        <translation>Use una receta que la grabe, por el cable USB.</translation>
    </message>
    <message>
        <source>Wait a minute, then retry.</source>
        <translation>Espere un minuto y reintente.</translation>
    </message>
    <message>
        <source>Wait a minute, then retry. Tell an engineer if it goes on.</source>
        <translation>Espere un minuto y reintente. Avise a un ingeniero si sigue así.</translation>
    </message>
    <message>
        <source>Wait for as long as the detail says, then try again.</source>
        <translation>Espere lo que dice el detalle y vuelva a intentarlo.</translation>
    </message>
    <message>
        <source>Wait ten seconds and retry. An engineer installs the station&apos;s udev rule to end this.</source>
        <translation>Espere diez segundos y reintente. Un ingeniero instala la regla udev de la estación para que acabe.</translation>
    </message>
    <message>
        <source>Wait until it has printed what it holds, then retry.</source>
        <translation>Espere a que imprima lo que tiene y reintente.</translation>
    </message>
    <message>
        <source>Wait until it is done, or stop it: Esc.</source>
        <translation>Espere a que acabe, o deténgalo: Esc.</translation>
    </message>
    <message>
        <source>Wait until one of them is done, then scan this label again.</source>
        <translation>Espere a que acabe una de ellas y escanee otra vez esta etiqueta.</translation>
    </message>
    <message>
        <source>Wait until the printer is ready again, then retry.</source>
        <translation>Espere a que la impresora esté lista otra vez y reintente.</translation>
    </message>
    <message>
        <source>What this unit has to say does not fit on its label.</source>
        <translation>Lo que esta unidad tiene que decir no cabe en su etiqueta.</translation>
    </message>
    <message>
        <source>What was kept sealed can&apos;t be opened with this station&apos;s key.</source>
        <translation>Lo que se guardó sellado no se puede abrir con la clave de esta estación.</translation>
    </message>
    <message>
        <source>Whoever asks for this may not do it.</source>
        <translation>Quien pide esto no puede hacerlo.</translation>
    </message>
    <message>
        <source>Without a badge or a PIN nobody can sign in.</source>
        <translation>Sin tarjeta ni PIN nadie puede iniciar sesión.</translation>
    </message>
</context>
<context>
    <name>Gestures</name>
    <message>
        <source>Take it off a Portenta Machine Control first: on one it does nothing.</source>
        <translation>Sáquela primero de una Portenta Machine Control: sobre ella no hace nada.</translation>
    </message>
</context>
<context>
    <name>Lists</name>
    <message>
        <source>Another fault</source>
        <translation>Otro fallo</translation>
    </message>
    <message>
        <source>Another reason</source>
        <translation>Otro motivo</translation>
    </message>
    <message>
        <source>Credentials renewed</source>
        <translation>Credenciales renovadas</translation>
    </message>
    <message>
        <source>Credentials wrong or missing</source>
        <translation>Credenciales erróneas o ausentes</translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>Dañada</translation>
    </message>
    <message>
        <source>Damaged on its way</source>
        <translation>Dañada en el transporte</translation>
    </message>
    <message>
        <source>Does not reach its cloud</source>
        <translation>No llega a su nube</translation>
    </message>
    <message>
        <source>Does not reach its network</source>
        <translation>No llega a su red</translation>
    </message>
    <message>
        <source>Does not start</source>
        <translation>No arranca</translation>
    </message>
    <message>
        <source>Failed in a later test</source>
        <translation>Falló en una prueba posterior</translation>
    </message>
    <message>
        <source>Failed on the line</source>
        <translation>Falló en la línea</translation>
    </message>
    <message>
        <source>Firmware wrong or broken</source>
        <translation>Firmware erróneo o dañado</translation>
    </message>
    <message>
        <source>Label replaced</source>
        <translation>Etiqueta cambiada</translation>
    </message>
    <message>
        <source>Label wrong or missing</source>
        <translation>Etiqueta errónea o ausente</translation>
    </message>
    <message>
        <source>Network changed</source>
        <translation>Red cambiada</translation>
    </message>
    <message>
        <source>No fault found</source>
        <translation>No se encontró fallo</translation>
    </message>
    <message>
        <source>Nothing was needed</source>
        <translation>No hizo falta nada</translation>
    </message>
    <message>
        <source>Part replaced</source>
        <translation>Pieza cambiada</translation>
    </message>
    <message>
        <source>Provisioned again</source>
        <translation>Aprovisionada otra vez</translation>
    </message>
    <message>
        <source>Recalled, or due for an update</source>
        <translation>Retirada, o pendiente de actualizar</translation>
    </message>
    <message>
        <source>Reflashed</source>
        <translation>Grabada de nuevo</translation>
    </message>
    <message>
        <source>Returned by a customer</source>
        <translation>Devuelta por un cliente</translation>
    </message>
    <message>
        <source>Soldered or cleaned</source>
        <translation>Soldada o limpiada</translation>
    </message>
    <message>
        <source>Something else</source>
        <translation>Otra cosa</translation>
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
        <translation>Arduino Cloud, clave secreta</translation>
    </message>
    <message>
        <source>Change network</source>
        <translation>Cambiar la red</translation>
    </message>
    <message>
        <source>Claim</source>
        <translation>Reclamar</translation>
    </message>
    <message>
        <source>Claim and wake</source>
        <translation>Reclamar y despertar</translation>
    </message>
    <message>
        <source>Claim with own authority</source>
        <translation>Reclamar con autoridad propia</translation>
    </message>
    <message>
        <source>Delete network</source>
        <translation>Borrar la red</translation>
    </message>
    <message>
        <source>Gather</source>
        <translation>Reunir</translation>
    </message>
    <message>
        <source>Migrate to 2.0</source>
        <translation>Migrar a 2.0</translation>
    </message>
    <message>
        <source>Prepare for 2.0</source>
        <translation>Preparar para 2.0</translation>
    </message>
    <message>
        <source>Provision</source>
        <translation>Aprovisionar</translation>
    </message>
    <message>
        <source>Provision again</source>
        <translation>Aprovisionar otra vez</translation>
    </message>
    <message>
        <source>Provision itself</source>
        <translation>Aprovisionarse sola</translation>
    </message>
    <message>
        <source>Provision with its own key</source>
        <translation>Aprovisionar con su propia clave</translation>
    </message>
    <message>
        <source>Read identity</source>
        <translation>Leer la identidad</translation>
    </message>
    <message>
        <source>Reflash</source>
        <translation>Grabar de nuevo</translation>
    </message>
    <message>
        <source>Renew credentials</source>
        <translation>Renovar credenciales</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Recoger</translation>
    </message>
    <message>
        <source>Unclaim</source>
        <translation>Soltar</translation>
    </message>
    <message>
        <source>Write credentials</source>
        <translation>Escribir credenciales</translation>
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
        <translation>1 unidad</translation>
    </message>
    <message>
        <source>A board is in.</source>
        <translation>Hay una placa.</translation>
    </message>
    <message>
        <source>A board is picked.</source>
        <translation>Se eligió una placa.</translation>
    </message>
    <message>
        <source>A board sits in {slot}. It is checked before it is changed.</source>
        <translation>Hay una placa en {slot}. Se comprueba antes de cambiarla.</translation>
    </message>
    <message>
        <source>A cloud still holds it: give it back before it is scrapped.</source>
        <translation>Una nube todavía la tiene: devuélvala antes de desecharla.</translation>
    </message>
    <message>
        <source>A hand is wanted: {slots}</source>
        <translation>Hace falta una mano: {slots}</translation>
    </message>
    <message>
        <source>A known fault of this lot, accepted</source>
        <translation>Un fallo conocido de este lote, aceptado</translation>
    </message>
    <message>
        <source>A note on {unit}</source>
        <translation>Una nota sobre {unit}</translation>
    </message>
    <message>
        <source>ASKING AGAIN</source>
        <translation>PREGUNTANDO</translation>
    </message>
    <message>
        <source>Also without a board</source>
        <translation>También sin placa</translation>
    </message>
    <message>
        <source>An engineer adds one to the product&apos;s recipe.</source>
        <translation>Un ingeniero añade una a la receta del producto.</translation>
    </message>
    <message>
        <source>An engineer mends this.</source>
        <translation>Un ingeniero lo arregla.</translation>
    </message>
    <message>
        <source>An engineer shows a badge, or gives name and PIN.</source>
        <translation>Un ingeniero muestra su tarjeta, o da nombre y PIN.</translation>
    </message>
    <message>
        <source>Answer yes or no</source>
        <translation>Responda sí o no</translation>
    </message>
    <message>
        <source>Any</source>
        <translation>Cualquiera</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>Aprobar</translation>
    </message>
    <message>
        <source>As far as the cloud tells: {stage}</source>
        <translation>Según dice la nube: {stage}</translation>
    </message>
    <message>
        <source>Ask the cloud</source>
        <translation>Preguntar a la nube</translation>
    </message>
    <message>
        <source>Asking for {text} …</source>
        <translation>Pidiendo {text} …</translation>
    </message>
    <message>
        <source>At any time</source>
        <translation>En cualquier momento</translation>
    </message>
    <message>
        <source>Back to the list</source>
        <translation>Volver a la lista</translation>
    </message>
    <message>
        <source>Back to: {what}</source>
        <translation>Volver a: {what}</translation>
    </message>
    <message>
        <source>Bad today</source>
        <translation>Malas hoy</translation>
    </message>
    <message>
        <source>Badge</source>
        <translation>Tarjeta</translation>
    </message>
    <message>
        <source>Badge read</source>
        <translation>Tarjeta leída</translation>
    </message>
    <message>
        <source>Badge read. Now choose a reason, or type one.</source>
        <translation>Tarjeta leída. Ahora elija un motivo o escriba uno.</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>Empezar</translation>
    </message>
    <message>
        <source>Bench</source>
        <translation>Banco</translation>
    </message>
    <message>
        <source>Bluetooth</source>
        <translation>Bluetooth</translation>
    </message>
    <message>
        <source>Bring the sketch up to date</source>
        <translation>Poner al día el sketch</translation>
    </message>
    <message>
        <source>CSV for spreadsheets</source>
        <translation>CSV para hojas de cálculo</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Carries out what an engineer has written for this product.</source>
        <translation>Hace lo que un ingeniero escribió para este producto.</translation>
    </message>
    <message>
        <source>Cases so far: {count}</source>
        <translation>Casos hasta ahora: {count}</translation>
    </message>
    <message>
        <source>Cases: {count} of {limit}</source>
        <translation>Casos: {count} de {limit}</translation>
    </message>
    <message>
        <source>Change its network</source>
        <translation>Cambiar su red</translation>
    </message>
    <message>
        <source>Check the unit again</source>
        <translation>Comprobar otra vez la unidad</translation>
    </message>
    <message>
        <source>Check what you scanned, or take the unit into the record.</source>
        <translation>Compruebe lo que escaneó, o añada la unidad al registro.</translation>
    </message>
    <message>
        <source>Checked by hand and found good</source>
        <translation>Comprobada a mano y en buen estado</translation>
    </message>
    <message>
        <source>Checking …</source>
        <translation>Comprobando …</translation>
    </message>
    <message>
        <source>Choose a reason, or type one.</source>
        <translation>Elija un motivo o escriba uno.</translation>
    </message>
    <message>
        <source>Choose a recipe.</source>
        <translation>Elija una receta.</translation>
    </message>
    <message>
        <source>Choose a work order or a recipe.</source>
        <translation>Elija una orden de trabajo o una receta.</translation>
    </message>
    <message>
        <source>Choose above in which slot it sits.</source>
        <translation>Elija arriba en qué puesto está.</translation>
    </message>
    <message>
        <source>Choose one on the left, or scan a label.</source>
        <translation>Elija una a la izquierda, o escanee una etiqueta.</translation>
    </message>
    <message>
        <source>Choose one with the arrows, then press Enter.</source>
        <translation>Elija una con las flechas y pulse Enter.</translation>
    </message>
    <message>
        <source>Chosen days</source>
        <translation>Días elegidos</translation>
    </message>
    <message>
        <source>Claim</source>
        <translation>Reclamar</translation>
    </message>
    <message>
        <source>Claim and wake</source>
        <translation>Reclamar y despertar</translation>
    </message>
    <message>
        <source>Claim it</source>
        <translation>Reclamarla</translation>
    </message>
    <message>
        <source>Claim released: {device}</source>
        <translation>Soltada: {device}</translation>
    </message>
    <message>
        <source>Claim, certificates of our own</source>
        <translation>Reclamar, certificados propios</translation>
    </message>
    <message>
        <source>Claimed: {device}</source>
        <translation>Reclamada: {device}</translation>
    </message>
    <message>
        <source>Clear filters</source>
        <translation>Quitar filtros</translation>
    </message>
    <message>
        <source>Clear its old settings</source>
        <translation>Borrar sus ajustes antiguos</translation>
    </message>
    <message>
        <source>Close the station?</source>
        <translation>¿Cerrar la estación?</translation>
    </message>
    <message>
        <source>Closing. The station finishes writing its record …</source>
        <translation>Cerrando. La estación acaba de escribir su registro …</translation>
    </message>
    <message>
        <source>Cloud</source>
        <translation>Nube</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Comandos</translation>
    </message>
    <message>
        <source>Confirm it is free</source>
        <translation>Confirmar que está libre</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Conectar</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Copiado</translation>
    </message>
    <message>
        <source>Copy its numbers</source>
        <translation>Copiar sus números</translation>
    </message>
    <message>
        <source>Create it in the cloud</source>
        <translation>Crearla en la nube</translation>
    </message>
    <message>
        <source>Credentials erased</source>
        <translation>Credenciales borradas</translation>
    </message>
    <message>
        <source>Credentials made here</source>
        <translation>Credenciales creadas aquí</translation>
    </message>
    <message>
        <source>Damaged beyond repair</source>
        <translation>Dañada sin reparación posible</translation>
    </message>
    <message>
        <source>Delete it in the cloud</source>
        <translation>Eliminarla de la nube</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Dispositivo</translation>
    </message>
    <message>
        <source>Did its label come out? Scan it</source>
        <translation>¿Salió su etiqueta? Escanéela</translation>
    </message>
    <message>
        <source>Do it anew …</source>
        <translation>Hacerlo de nuevo …</translation>
    </message>
    <message>
        <source>Do once more what was done last</source>
        <translation>Hacer otra vez lo último que se hizo</translation>
    </message>
    <message>
        <source>Does all that a new unit is given, as far as it is missing.</source>
        <translation>Hace todo lo que recibe una unidad nueva, si le falta.</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Hecho</translation>
    </message>
    <message>
        <source>Earlier reworks were no fault of the unit</source>
        <translation>Las reparaciones anteriores no fueron culpa de la unidad</translation>
    </message>
    <message>
        <source>Erase its credentials</source>
        <translation>Borrar sus credenciales</translation>
    </message>
    <message>
        <source>Erase the last digit</source>
        <translation>Borrar la última cifra</translation>
    </message>
    <message>
        <source>Every recipe has a mistake. An engineer corrects the named line.</source>
        <translation>Todas las recetas tienen un error. Un ingeniero corrige la línea indicada.</translation>
    </message>
    <message>
        <source>Export CSV</source>
        <translation>Exportar CSV</translation>
    </message>
    <message>
        <source>Export JSON</source>
        <translation>Exportar JSON</translation>
    </message>
    <message>
        <source>FAIL</source>
        <translation>MAL</translation>
    </message>
    <message>
        <source>Fault code</source>
        <translation>Código de fallo</translation>
    </message>
    <message>
        <source>Fill in all three.</source>
        <translation>Rellene los tres.</translation>
    </message>
    <message>
        <source>Filters</source>
        <translation>Filtros</translation>
    </message>
    <message>
        <source>Filters ({count})</source>
        <translation>Filtros ({count})</translation>
    </message>
    <message>
        <source>Find a unit</source>
        <translation>Buscar una unidad</translation>
    </message>
    <message>
        <source>Find another unit, or just scan it</source>
        <translation>Buscar otra unidad, o solo escanearla</translation>
    </message>
    <message>
        <source>Finish it</source>
        <translation>Terminarla</translation>
    </message>
    <message>
        <source>First day</source>
        <translation>Primer día</translation>
    </message>
    <message>
        <source>First pass</source>
        <translation>A la primera</translation>
    </message>
    <message>
        <source>First scan the label of {slot}.</source>
        <translation>Escanee primero la etiqueta de {slot}.</translation>
    </message>
    <message>
        <source>First seen {first}, last seen {last}</source>
        <translation>Vista por primera vez {first}, por última {last}</translation>
    </message>
    <message>
        <source>Flash again</source>
        <translation>Grabar de nuevo</translation>
    </message>
    <message>
        <source>Flashed: {of}</source>
        <translation>Grabado: {of}</translation>
    </message>
    <message>
        <source>Flashing: {share} – {of}</source>
        <translation>Grabando: {share} – {of}</translation>
    </message>
    <message>
        <source>Flashing: {share} – {of}, {left}</source>
        <translation>Grabando: {share} – {of}, {left}</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Pantalla completa</translation>
    </message>
    <message>
        <source>Gather for later</source>
        <translation>Reunir para más tarde</translation>
    </message>
    <message>
        <source>Get its certificate</source>
        <translation>Obtener su certificado</translation>
    </message>
    <message>
        <source>Gives it back: the cloud no longer holds it for us.</source>
        <translation>La devuelve: la nube ya no la tiene para nosotros.</translation>
    </message>
    <message>
        <source>Gives it new credentials in place of the old ones.</source>
        <translation>Le da credenciales nuevas en lugar de las antiguas.</translation>
    </message>
    <message>
        <source>Go on working</source>
        <translation>Seguir trabajando</translation>
    </message>
    <message>
        <source>Go to another page</source>
        <translation>Ir a otra página</translation>
    </message>
    <message>
        <source>Good today</source>
        <translation>Buenas hoy</translation>
    </message>
    <message>
        <source>Help  F1</source>
        <translation>Ayuda  F1</translation>
    </message>
    <message>
        <source>Hide {count} steps</source>
        <translation>Ocultar {count} pasos</translation>
    </message>
    <message>
        <source>Hold {button} until {light} goes off</source>
        <translation>Mantenga {button} hasta que {light} se apague</translation>
    </message>
    <message>
        <source>How many units (may stay empty)</source>
        <translation>Cuántas unidades (puede quedar vacío)</translation>
    </message>
    <message>
        <source>In a few words</source>
        <translation>En pocas palabras</translation>
    </message>
    <message>
        <source>In rework</source>
        <translation>En reparación</translation>
    </message>
    <message>
        <source>In the slots</source>
        <translation>En los puestos</translation>
    </message>
    <message>
        <source>It begins in a moment …</source>
        <translation>Empieza en un momento …</translation>
    </message>
    <message>
        <source>It begins in a moment.</source>
        <translation>Empieza en un momento.</translation>
    </message>
    <message>
        <source>It can&apos;t be read: scan NO, or press N.</source>
        <translation>No se puede leer: escanee «No», o pulse N.</translation>
    </message>
    <message>
        <source>It did not say who it is</source>
        <translation>No dijo quién es</translation>
    </message>
    <message>
        <source>It failed again after rework</source>
        <translation>Falló otra vez tras la reparación</translation>
    </message>
    <message>
        <source>It failed before it was asked. Its run stands in the list.</source>
        <translation>Falló antes de que se le preguntara. Su ciclo está en la lista.</translation>
    </message>
    <message>
        <source>It is known now: the deed was done.</source>
        <translation>Ahora se sabe: se hizo.</translation>
    </message>
    <message>
        <source>It is known now: the deed was not done.</source>
        <translation>Ahora se sabe: no se hizo.</translation>
    </message>
    <message>
        <source>It is scrapped: nothing is done to it any more.</source>
        <translation>Está desechada: ya no se le hace nada.</translation>
    </message>
    <message>
        <source>It should have been online by {when}, and was not.</source>
        <translation>Debería haberse conectado antes de {when}, y no lo hizo.</translation>
    </message>
    <message>
        <source>It sits in {slot}.</source>
        <translation>Está en {slot}.</translation>
    </message>
    <message>
        <source>It waits to be sent to the cloud.</source>
        <translation>Espera a ser enviada a la nube.</translation>
    </message>
    <message>
        <source>It waits until the station can work again.</source>
        <translation>Espera a que la estación pueda trabajar otra vez.</translation>
    </message>
    <message>
        <source>It was provisioned for the wrong account</source>
        <translation>Se aprovisionó para la cuenta equivocada</translation>
    </message>
    <message>
        <source>Its label, or any number of it. Or plug it into a slot.</source>
        <translation>Su etiqueta, o cualquiera de sus números. O conéctela a un puesto.</translation>
    </message>
    <message>
        <source>Its proof waits to be sent to the cloud.</source>
        <translation>Su prueba espera a ser enviada a la nube.</translation>
    </message>
    <message>
        <source>JSON, a line for each unit</source>
        <translation>JSON, una línea por unidad</translation>
    </message>
    <message>
        <source>Join pin {pin} to {to} until {light} goes off</source>
        <translation>Una el pin {pin} con {to} hasta que {light} se apague</translation>
    </message>
    <message>
        <source>Join the network</source>
        <translation>Unirse a la red</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Teclas</translation>
    </message>
    <message>
        <source>Kind of board</source>
        <translation>Tipo de placa</translation>
    </message>
    <message>
        <source>Label not printed</source>
        <translation>Etiqueta no impresa</translation>
    </message>
    <message>
        <source>Label printed</source>
        <translation>Etiqueta impresa</translation>
    </message>
    <message>
        <source>Label printed again</source>
        <translation>Etiqueta impresa otra vez</translation>
    </message>
    <message>
        <source>Label: nobody knows whether it was printed</source>
        <translation>Etiqueta: nadie sabe si se imprimió</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Idioma</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>Último día</translation>
    </message>
    <message>
        <source>Last scan: {code}</source>
        <translation>Último escaneo: {code}</translation>
    </message>
    <message>
        <source>Last units</source>
        <translation>Últimas unidades</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Salir</translation>
    </message>
    <message>
        <source>Leave it as it is</source>
        <translation>Dejarla como está</translation>
    </message>
    <message>
        <source>Leave the full screen?</source>
        <translation>¿Salir de la pantalla completa?</translation>
    </message>
    <message>
        <source>Lets it join another network.</source>
        <translation>Le permite unirse a otra red.</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Línea</translation>
    </message>
    <message>
        <source>Look at {slots}</source>
        <translation>Mire {slots}</translation>
    </message>
    <message>
        <source>Look into its flash</source>
        <translation>Mirar su memoria flash</translation>
    </message>
    <message>
        <source>Look what it holds</source>
        <translation>Mirar lo que tiene</translation>
    </message>
    <message>
        <source>Looking for recipes …</source>
        <translation>Buscando recetas …</translation>
    </message>
    <message>
        <source>Looking …</source>
        <translation>Buscando …</translation>
    </message>
    <message>
        <source>Make its key</source>
        <translation>Crear su clave</translation>
    </message>
    <message>
        <source>Makes it ready for Arduino 2.0.</source>
        <translation>La prepara para Arduino 2.0.</translation>
    </message>
    <message>
        <source>Migrate to Arduino 2.0</source>
        <translation>Migrar a Arduino 2.0</translation>
    </message>
    <message>
        <source>Moves it from Arduino 1.0 to 2.0.</source>
        <translation>La pasa de Arduino 1.0 a 2.0.</translation>
    </message>
    <message>
        <source>Network removed</source>
        <translation>Red quitada</translation>
    </message>
    <message>
        <source>Next work order</source>
        <translation>Siguiente orden de trabajo</translation>
    </message>
    <message>
        <source>No</source>
        <translation>No</translation>
    </message>
    <message>
        <source>No Chinese font</source>
        <translation>Falta letra china</translation>
    </message>
    <message>
        <source>No board is heard. Switch the board on; its light pulses when it is ready.</source>
        <translation>No se oye ninguna placa. Encienda la placa; su luz late cuando está lista.</translation>
    </message>
    <message>
        <source>No board is plugged in.</source>
        <translation>No hay ninguna placa conectada.</translation>
    </message>
    <message>
        <source>No cloud holds it for us.</source>
        <translation>Ninguna nube la tiene para nosotros.</translation>
    </message>
    <message>
        <source>No code of the list fits this.</source>
        <translation>Ningún código de la lista le corresponde.</translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>Sin límite</translation>
    </message>
    <message>
        <source>No recipe can read the board in {slot}. Scan its label.</source>
        <translation>Ninguna receta puede leer la placa de {slot}. Escanee su etiqueta.</translation>
    </message>
    <message>
        <source>No recipe has a rework for {kind}</source>
        <translation>Ninguna receta tiene una reparación para {kind}</translation>
    </message>
    <message>
        <source>No recipe: nothing begins by itself. Units are reworked: Ctrl+2.</source>
        <translation>Sin receta: nada empieza solo. Las unidades se reparan: Ctrl+2.</translation>
    </message>
    <message>
        <source>No recipe: returned units, records, settings</source>
        <translation>Sin receta: unidades devueltas, registros, ajustes</translation>
    </message>
    <message>
        <source>No room for more now</source>
        <translation>Ahora no caben más</translation>
    </message>
    <message>
        <source>No slot yet</source>
        <translation>Aún no hay puestos</translation>
    </message>
    <message>
        <source>No unit chosen yet</source>
        <translation>Aún no se ha elegido unidad</translation>
    </message>
    <message>
        <source>No unit fits</source>
        <translation>Ninguna unidad coincide</translation>
    </message>
    <message>
        <source>Nobody</source>
        <translation>Nadie</translation>
    </message>
    <message>
        <source>Nobody is signed in</source>
        <translation>Nadie ha iniciado sesión</translation>
    </message>
    <message>
        <source>Nobody knows yet whether this was done: {deed} at {place}</source>
        <translation>Aún nadie sabe si esto se hizo: {deed} en {place}</translation>
    </message>
    <message>
        <source>Nobody knows {text}</source>
        <translation>Nadie conoce {text}</translation>
    </message>
    <message>
        <source>Nobody was named yet: everybody may do everything. An engineer names people with: station people name</source>
        <translation>Aún no hay nadie dado de alta: todos pueden hacerlo todo. Un ingeniero da de alta con: station people name</translation>
    </message>
    <message>
        <source>Not in rework</source>
        <translation>No está en reparación</translation>
    </message>
    <message>
        <source>Not worth the repair</source>
        <translation>No merece la reparación</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Nota</translation>
    </message>
    <message>
        <source>Note (may stay empty)</source>
        <translation>Nota (puede quedar vacía)</translation>
    </message>
    <message>
        <source>Nothing begins until the station can work again.</source>
        <translation>No empieza nada hasta que la estación pueda trabajar otra vez.</translation>
    </message>
    <message>
        <source>Nothing begins until this is mended.</source>
        <translation>No empieza nada hasta que esto se arregle.</translation>
    </message>
    <message>
        <source>Nothing is done to it any more, for good. A second person approves.</source>
        <translation>Ya no se le hace nada, para siempre. Una segunda persona lo aprueba.</translation>
    </message>
    <message>
        <source>Nothing is recorded yet</source>
        <translation>Aún no hay nada registrado</translation>
    </message>
    <message>
        <source>Nothing new came. That board may be in a slot already.</source>
        <translation>No vino nada nuevo. Esa placa puede estar ya en un puesto.</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>Números</translation>
    </message>
    <message>
        <source>On the air</source>
        <translation>Por radio</translation>
    </message>
    <message>
        <source>On the bench since {when}: {reason}</source>
        <translation>En el banco desde {when}: {reason}</translation>
    </message>
    <message>
        <source>Once more</source>
        <translation>Otra vez</translation>
    </message>
    <message>
        <source>One moment …</source>
        <translation>Un momento …</translation>
    </message>
    <message>
        <source>Only technicians and engineers may do this.</source>
        <translation>Solo técnicos e ingenieros pueden hacer esto.</translation>
    </message>
    <message>
        <source>Open a case</source>
        <translation>Abrir un caso</translation>
    </message>
    <message>
        <source>Open a case first.</source>
        <translation>Abra primero un caso.</translation>
    </message>
    <message>
        <source>Open a case for {unit}</source>
        <translation>Abrir un caso para {unit}</translation>
    </message>
    <message>
        <source>Open a case, or ship the unit again</source>
        <translation>Abrir un caso, o enviar otra vez la unidad</translation>
    </message>
    <message>
        <source>Open at the bench</source>
        <translation>Abrir en el banco</translation>
    </message>
    <message>
        <source>Operator</source>
        <translation>Operador</translation>
    </message>
    <message>
        <source>Or choose it from those that are heard</source>
        <translation>O elíjala entre las que se oyen</translation>
    </message>
    <message>
        <source>Or in your own words</source>
        <translation>O con sus propias palabras</translation>
    </message>
    <message>
        <source>Ours at {clouds}.</source>
        <translation>Nuestra en {clouds}.</translation>
    </message>
    <message>
        <source>Ours at {cloud} as {device}</source>
        <translation>Nuestra en {cloud} como {device}</translation>
    </message>
    <message>
        <source>Override: a failed check was skipped</source>
        <translation>Excepción: se omitió una comprobación fallida</translation>
    </message>
    <message>
        <source>Override: label printed again</source>
        <translation>Excepción: etiqueta impresa otra vez</translation>
    </message>
    <message>
        <source>Override: provisioned again</source>
        <translation>Excepción: aprovisionada otra vez</translation>
    </message>
    <message>
        <source>Override: rework beyond the limit</source>
        <translation>Excepción: reparación más allá del límite</translation>
    </message>
    <message>
        <source>Override: scrapped</source>
        <translation>Excepción: desechada</translation>
    </message>
    <message>
        <source>PASS</source>
        <translation>BIEN</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>PIN</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Páginas</translation>
    </message>
    <message>
        <source>Pick</source>
        <translation>Elegir</translation>
    </message>
    <message>
        <source>Pick  F6</source>
        <translation>Elegir  F6</translation>
    </message>
    <message>
        <source>Pick a board on the air: scan its label</source>
        <translation>Elegir una placa por radio: escanee su etiqueta</translation>
    </message>
    <message>
        <source>Pick a board: F6</source>
        <translation>Elija una placa: F6</translation>
    </message>
    <message>
        <source>Plug a board in</source>
        <translation>Conecte una placa</translation>
    </message>
    <message>
        <source>Plug a board in here</source>
        <translation>Conecte una placa aquí</translation>
    </message>
    <message>
        <source>Plug a board in.</source>
        <translation>Conecte una placa.</translation>
    </message>
    <message>
        <source>Plug a board in: the socket it sits in becomes the first slot.</source>
        <translation>Conecte una placa: su toma será el primer puesto.</translation>
    </message>
    <message>
        <source>Plug a board into {slot}. Esc ends teaching.</source>
        <translation>Conecte una placa a {slot}. Esc termina de enseñar.</translation>
    </message>
    <message>
        <source>Plug boards in: {slots}</source>
        <translation>Conecte placas: {slots}</translation>
    </message>
    <message>
        <source>Plug it in to work on it.</source>
        <translation>Conéctela para trabajar en ella.</translation>
    </message>
    <message>
        <source>Plug it in.</source>
        <translation>Conéctela.</translation>
    </message>
    <message>
        <source>Prepare for Arduino 2.0</source>
        <translation>Preparar para Arduino 2.0</translation>
    </message>
    <message>
        <source>Prepare its login</source>
        <translation>Preparar su acceso</translation>
    </message>
    <message>
        <source>Press F6, then scan the label of a board.</source>
        <translation>Pulse F6 y escanee la etiqueta de una placa.</translation>
    </message>
    <message>
        <source>Print again</source>
        <translation>Imprimir otra vez</translation>
    </message>
    <message>
        <source>Print its label</source>
        <translation>Imprimir su etiqueta</translation>
    </message>
    <message>
        <source>Print its label again</source>
        <translation>Imprimir otra vez su etiqueta</translation>
    </message>
    <message>
        <source>Print the label again (a second person approves)</source>
        <translation>Imprimir otra vez la etiqueta (una segunda persona lo aprueba)</translation>
    </message>
    <message>
        <source>Print the label again?</source>
        <translation>¿Imprimir otra vez la etiqueta?</translation>
    </message>
    <message>
        <source>Print the sheet of command barcodes</source>
        <translation>Imprimir la hoja de códigos de comando</translation>
    </message>
    <message>
        <source>Printer</source>
        <translation>Impresora</translation>
    </message>
    <message>
        <source>Prints the same label once more. A second person must approve.</source>
        <translation>Imprime la misma etiqueta una vez más. Una segunda persona tiene que aprobarlo.</translation>
    </message>
    <message>
        <source>Prove it is genuine</source>
        <translation>Probar que es auténtica</translation>
    </message>
    <message>
        <source>Provision</source>
        <translation>Aprovisionar</translation>
    </message>
    <message>
        <source>Provision again?</source>
        <translation>¿Aprovisionar otra vez?</translation>
    </message>
    <message>
        <source>Provision by Arduino 1.0</source>
        <translation>Aprovisionar por Arduino 1.0</translation>
    </message>
    <message>
        <source>Provision by Arduino 2.0</source>
        <translation>Aprovisionar por Arduino 2.0</translation>
    </message>
    <message>
        <source>Provision by device key</source>
        <translation>Aprovisionar por clave de dispositivo</translation>
    </message>
    <message>
        <source>Provision for LoRaWAN</source>
        <translation>Aprovisionar para LoRaWAN</translation>
    </message>
    <message>
        <source>Provision it</source>
        <translation>Aprovisionarla</translation>
    </message>
    <message>
        <source>Provision, by the unit itself</source>
        <translation>Aprovisionar, por la propia unidad</translation>
    </message>
    <message>
        <source>Provision, key of its own</source>
        <translation>Aprovisionar, con clave propia</translation>
    </message>
    <message>
        <source>Put into the queue</source>
        <translation>Poner en la cola</translation>
    </message>
    <message>
        <source>Put it aside.</source>
        <translation>Apártela.</translation>
    </message>
    <message>
        <source>Put the unit aside</source>
        <translation>Aparte la unidad</translation>
    </message>
    <message>
        <source>Puts a few lines into its life.</source>
        <translation>Pone unas líneas en su vida.</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Cola</translation>
    </message>
    <message>
        <source>RETRY</source>
        <translation>REINTENTE</translation>
    </message>
    <message>
        <source>Radio on</source>
        <translation>Encender la radio</translation>
    </message>
    <message>
        <source>Read its radio address</source>
        <translation>Leer su dirección de radio</translation>
    </message>
    <message>
        <source>Read the board</source>
        <translation>Leer la placa</translation>
    </message>
    <message>
        <source>Read who it is</source>
        <translation>Leer quién es</translation>
    </message>
    <message>
        <source>Reading its life …</source>
        <translation>Leyendo su vida …</translation>
    </message>
    <message>
        <source>Reads who the unit is. Changes nothing.</source>
        <translation>Lee quién es la unidad. No cambia nada.</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Motivo</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>Receta</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Registro</translation>
    </message>
    <message>
        <source>Records</source>
        <translation>Registros</translation>
    </message>
    <message>
        <source>Register it</source>
        <translation>Registrarla</translation>
    </message>
    <message>
        <source>Release it</source>
        <translation>Soltarla</translation>
    </message>
    <message>
        <source>Remove its network</source>
        <translation>Quitar su red</translation>
    </message>
    <message>
        <source>Renew credentials</source>
        <translation>Renovar credenciales</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Resultado</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Reintentar</translation>
    </message>
    <message>
        <source>Retry  F5</source>
        <translation>Reintentar  F5</translation>
    </message>
    <message>
        <source>Retry the selected slot, or the only one in trouble</source>
        <translation>Reintentar el puesto elegido, o el único con problemas</translation>
    </message>
    <message>
        <source>Retry to finish the unit: F5.</source>
        <translation>Reintente para acabar la unidad: F5.</translation>
    </message>
    <message>
        <source>Rework</source>
        <translation>Reparación</translation>
    </message>
    <message>
        <source>Rework began: {reason}</source>
        <translation>Empezó la reparación: {reason}</translation>
    </message>
    <message>
        <source>Rework beyond the limit?</source>
        <translation>¿Reparación más allá del límite?</translation>
    </message>
    <message>
        <source>Rework ended: scrapped</source>
        <translation>Acabó la reparación: desechada</translation>
    </message>
    <message>
        <source>Rework ended: shipped again</source>
        <translation>Acabó la reparación: enviada otra vez</translation>
    </message>
    <message>
        <source>Rework is for technicians and engineers</source>
        <translation>La reparación es para técnicos e ingenieros</translation>
    </message>
    <message>
        <source>Room for {count} more</source>
        <translation>Caben {count} más</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Filas</translation>
    </message>
    <message>
        <source>STATION ERROR</source>
        <translation>ERROR DE ESTACIÓN</translation>
    </message>
    <message>
        <source>STOPPED</source>
        <translation>DETENIDO</translation>
    </message>
    <message>
        <source>Say how the fixture looks. Then plug one board in, slot after slot, as the screen asks.</source>
        <translation>Diga cómo es el utillaje. Después conecte una placa, puesto a puesto, como pide la pantalla.</translation>
    </message>
    <message>
        <source>Say what was done.</source>
        <translation>Diga qué se hizo.</translation>
    </message>
    <message>
        <source>Say why it came back.</source>
        <translation>Diga por qué volvió.</translation>
    </message>
    <message>
        <source>Scan a label, or choose a board with the arrows.</source>
        <translation>Escanee una etiqueta, o elija una placa con las flechas.</translation>
    </message>
    <message>
        <source>Scan its label</source>
        <translation>Escanee su etiqueta</translation>
    </message>
    <message>
        <source>Scan its label, or type any of its numbers.</source>
        <translation>Escanee su etiqueta, o escriba cualquiera de sus números.</translation>
    </message>
    <message>
        <source>Scan its label, or type the last four digits</source>
        <translation>Escanee su etiqueta, o escriba las cuatro últimas cifras</translation>
    </message>
    <message>
        <source>Scan the label of {slot}.</source>
        <translation>Escanee la etiqueta de {slot}.</translation>
    </message>
    <message>
        <source>Scan the label on this unit</source>
        <translation>Escanee la etiqueta de esta unidad</translation>
    </message>
    <message>
        <source>Scan the new label</source>
        <translation>Escanee la etiqueta nueva</translation>
    </message>
    <message>
        <source>Scan the new label of {slot}.</source>
        <translation>Escanee la etiqueta nueva de {slot}.</translation>
    </message>
    <message>
        <source>Scan the unit</source>
        <translation>Escanee la unidad</translation>
    </message>
    <message>
        <source>Scan the unit, or type its serial, IMEI, UUID, MAC or cloud id</source>
        <translation>Escanee la unidad, o escriba su serie, IMEI, UUID, MAC o id de la nube</translation>
    </message>
    <message>
        <source>Scan your badge</source>
        <translation>Escanee su tarjeta</translation>
    </message>
    <message>
        <source>Scanner</source>
        <translation>Lector</translation>
    </message>
    <message>
        <source>Scrap it</source>
        <translation>Desecharla</translation>
    </message>
    <message>
        <source>Scrap the unit?</source>
        <translation>¿Desechar la unidad?</translation>
    </message>
    <message>
        <source>Scrapped</source>
        <translation>Desechada</translation>
    </message>
    <message>
        <source>Scrapped on {day}</source>
        <translation>Desechada el {day}</translation>
    </message>
    <message>
        <source>Scrapped: no run is begun on it any more.</source>
        <translation>Desechada: ya no se empieza ningún ciclo con ella.</translation>
    </message>
    <message>
        <source>Second person: scan your badge</source>
        <translation>Segunda persona: escanee su tarjeta</translation>
    </message>
    <message>
        <source>Seen before: {count}</source>
        <translation>Vista antes: {count}</translation>
    </message>
    <message>
        <source>Select a slot</source>
        <translation>Elegir un puesto</translation>
    </message>
    <message>
        <source>Select the next slot</source>
        <translation>Elegir el puesto siguiente</translation>
    </message>
    <message>
        <source>Select the slot of the unit whose label you want, then press F9.</source>
        <translation>Elija el puesto de la unidad cuya etiqueta quiere y pulse F9.</translation>
    </message>
    <message>
        <source>Select the slot to retry: keys 1 to 9, or arrows.</source>
        <translation>Elija el puesto que reintentar: teclas 1 a 9, o flechas.</translation>
    </message>
    <message>
        <source>Send the certificates</source>
        <translation>Enviar los certificados</translation>
    </message>
    <message>
        <source>Send the order</source>
        <translation>Enviar la orden</translation>
    </message>
    <message>
        <source>Serial number given: {number}</source>
        <translation>Número de serie dado: {number}</translation>
    </message>
    <message>
        <source>Serial number, as the label has it</source>
        <translation>Número de serie, como en la etiqueta</translation>
    </message>
    <message>
        <source>Several boards are in. Choose above in which slot it sits.</source>
        <translation>Hay varias placas. Elija arriba en qué puesto está.</translation>
    </message>
    <message>
        <source>Ship again</source>
        <translation>Enviar otra vez</translation>
    </message>
    <message>
        <source>Ship {unit} again</source>
        <translation>Enviar {unit} otra vez</translation>
    </message>
    <message>
        <source>Show or hide this help</source>
        <translation>Mostrar u ocultar esta ayuda</translation>
    </message>
    <message>
        <source>Show {count} steps</source>
        <translation>Mostrar {count} pasos</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Iniciar sesión</translation>
    </message>
    <message>
        <source>Sign in  F2</source>
        <translation>Entrar  F2</translation>
    </message>
    <message>
        <source>Sign in as one of them: F2 twice.</source>
        <translation>Entre como uno de ellos: F2 dos veces.</translation>
    </message>
    <message>
        <source>Sign in as somebody who may do this: F2.</source>
        <translation>Entre como alguien que pueda hacer esto: F2.</translation>
    </message>
    <message>
        <source>Sign in or out</source>
        <translation>Iniciar o cerrar sesión</translation>
    </message>
    <message>
        <source>Sign in to begin: F2.</source>
        <translation>Inicie sesión para empezar: F2.</translation>
    </message>
    <message>
        <source>Sign in to begin: press F2.</source>
        <translation>Inicie sesión para empezar: pulse F2.</translation>
    </message>
    <message>
        <source>Sign in to take units up again: F2.</source>
        <translation>Inicie sesión para volver a tomar unidades: F2.</translation>
    </message>
    <message>
        <source>Sign its certificate</source>
        <translation>Firmar su certificado</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Cerrar sesión</translation>
    </message>
    <message>
        <source>Sign out  F2</source>
        <translation>Salir  F2</translation>
    </message>
    <message>
        <source>Signing in …</source>
        <translation>Iniciando sesión …</translation>
    </message>
    <message>
        <source>Skip a failed check (a second person approves)</source>
        <translation>Omitir una comprobación fallida (una segunda persona lo aprueba)</translation>
    </message>
    <message>
        <source>Skip the failed check?</source>
        <translation>¿Omitir la comprobación fallida?</translation>
    </message>
    <message>
        <source>Slot</source>
        <translation>Puesto</translation>
    </message>
    <message>
        <source>Slot {name}</source>
        <translation>Puesto {name}</translation>
    </message>
    <message>
        <source>Slot {number}</source>
        <translation>Puesto {number}</translation>
    </message>
    <message>
        <source>Slots in a row</source>
        <translation>Puestos por fila</translation>
    </message>
    <message>
        <source>Something is being done to it.</source>
        <translation>Se le está haciendo algo.</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Empezando</translation>
    </message>
    <message>
        <source>Station</source>
        <translation>Estación</translation>
    </message>
    <message>
        <source>Step {at} of {all}</source>
        <translation>Paso {at} de {all}</translation>
    </message>
    <message>
        <source>Stick the label on and scan it</source>
        <translation>Pegue la etiqueta y escanéela</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Detener</translation>
    </message>
    <message>
        <source>Stop  Esc</source>
        <translation>Detener  Esc</translation>
    </message>
    <message>
        <source>Stop a run (asks first), or close what is open</source>
        <translation>Detener un ciclo (pregunta antes), o cerrar lo abierto</translation>
    </message>
    <message>
        <source>Stop all {count} runs?</source>
        <translation>¿Detener los {count} ciclos?</translation>
    </message>
    <message>
        <source>Stop and close</source>
        <translation>Detener y cerrar</translation>
    </message>
    <message>
        <source>Stop {slot}?</source>
        <translation>¿Detener {slot}?</translation>
    </message>
    <message>
        <source>Store its certificate</source>
        <translation>Guardar su certificado</translation>
    </message>
    <message>
        <source>TIMEOUT</source>
        <translation>TIEMPO AGOTADO</translation>
    </message>
    <message>
        <source>TRAINING – simulated boards and cloud</source>
        <translation>FORMACIÓN – placas y nube simuladas</translation>
    </message>
    <message>
        <source>Take a unit into the record</source>
        <translation>Añadir una unidad al registro</translation>
    </message>
    <message>
        <source>Take back and erase</source>
        <translation>Recoger y borrar</translation>
    </message>
    <message>
        <source>Take it into the record</source>
        <translation>Añadirla al registro</translation>
    </message>
    <message>
        <source>Take it out and check that it is the right product.</source>
        <translation>Sáquela y compruebe que es el producto correcto.</translation>
    </message>
    <message>
        <source>Take it out.</source>
        <translation>Sáquela.</translation>
    </message>
    <message>
        <source>Take out {slots}</source>
        <translation>Saque {slots}</translation>
    </message>
    <message>
        <source>Take the claim back</source>
        <translation>Retirar la reclamación</translation>
    </message>
    <message>
        <source>Taken in from a file</source>
        <translation>Añadida desde un archivo</translation>
    </message>
    <message>
        <source>Taken into the record by hand</source>
        <translation>Añadida al registro a mano</translation>
    </message>
    <message>
        <source>Takes it out for good. A second person must approve.</source>
        <translation>La retira para siempre. Una segunda persona tiene que aprobarlo.</translation>
    </message>
    <message>
        <source>Takes its credentials and its network off, with proof.</source>
        <translation>Le quita sus credenciales y su red, con prueba.</translation>
    </message>
    <message>
        <source>Takes its network off. It can&apos;t connect any more.</source>
        <translation>Le quita su red. Ya no se puede conectar.</translation>
    </message>
    <message>
        <source>Takes something away</source>
        <translation>Quita algo</translation>
    </message>
    <message>
        <source>Takes the claim back and erases its credentials.</source>
        <translation>La suelta en la nube y borra sus credenciales.</translation>
    </message>
    <message>
        <source>Teach the slots</source>
        <translation>Enseñar los puestos</translation>
    </message>
    <message>
        <source>Teach the slots (an engineer, without a recipe)</source>
        <translation>Enseñar los puestos (un ingeniero, sin receta)</translation>
    </message>
    <message>
        <source>That could not be done. Try again.</source>
        <translation>No se pudo hacer. Inténtelo otra vez.</translation>
    </message>
    <message>
        <source>That could not be read as its label. Scan it again.</source>
        <translation>No se pudo leer como su etiqueta. Escanéela otra vez.</translation>
    </message>
    <message>
        <source>The board is gone. Plug it in again, firmly.</source>
        <translation>La placa no está. Conéctela otra vez, con firmeza.</translation>
    </message>
    <message>
        <source>The board is out of reach. Bring it nearer.</source>
        <translation>La placa está fuera de alcance. Acérquela.</translation>
    </message>
    <message>
        <source>The cloud has lost the device</source>
        <translation>La nube perdió el dispositivo</translation>
    </message>
    <message>
        <source>The cloud refused it, and took it later.</source>
        <translation>La nube la rechazó, y la aceptó después.</translation>
    </message>
    <message>
        <source>The cloud refused it.</source>
        <translation>La nube la rechazó.</translation>
    </message>
    <message>
        <source>The cloud took it.</source>
        <translation>La nube la aceptó.</translation>
    </message>
    <message>
        <source>The customer wants this very unit back</source>
        <translation>El cliente quiere de vuelta esta misma unidad</translation>
    </message>
    <message>
        <source>The file was not written. Choose another folder, or make room there. ({code})</source>
        <translation>El archivo no se escribió. Elija otra carpeta, o haga sitio en ella. ({code})</translation>
    </message>
    <message>
        <source>The first board that is plugged in appears here.</source>
        <translation>La primera placa que se conecte aparece aquí.</translation>
    </message>
    <message>
        <source>The fixture or a cable is at fault</source>
        <translation>La culpa es del utillaje o de un cable</translation>
    </message>
    <message>
        <source>The label is damaged</source>
        <translation>La etiqueta está dañada</translation>
    </message>
    <message>
        <source>The label is lost</source>
        <translation>La etiqueta se perdió</translation>
    </message>
    <message>
        <source>The label was badly printed</source>
        <translation>La etiqueta se imprimió mal</translation>
    </message>
    <message>
        <source>The last 30 days</source>
        <translation>Los últimos 30 días</translation>
    </message>
    <message>
        <source>The last 7 days</source>
        <translation>Los últimos 7 días</translation>
    </message>
    <message>
        <source>The limit is reached: an engineer must approve of the next case.</source>
        <translation>Se alcanzó el límite: un ingeniero tiene que aprobar el próximo caso.</translation>
    </message>
    <message>
        <source>The newest {count} units; scroll for more</source>
        <translation>Las {count} unidades más recientes; desplace para ver más</translation>
    </message>
    <message>
        <source>The record can&apos;t be read now. Call an engineer. ({code})</source>
        <translation>Ahora no se puede leer el registro. Llame a un ingeniero. ({code})</translation>
    </message>
    <message>
        <source>The run ends as stopped. The unit can be retried.</source>
        <translation>El ciclo acaba como detenido. La unidad se puede reintentar.</translation>
    </message>
    <message>
        <source>The sheet of commands is being printed.</source>
        <translation>Se está imprimiendo la hoja de comandos.</translation>
    </message>
    <message>
        <source>The station does not know this board.</source>
        <translation>La estación no conoce esta placa.</translation>
    </message>
    <message>
        <source>The station has stopped. Close this window and start it again.</source>
        <translation>La estación se ha detenido. Cierre esta ventana y arránquela otra vez.</translation>
    </message>
    <message>
        <source>The station is not ready yet.</source>
        <translation>La estación aún no está lista.</translation>
    </message>
    <message>
        <source>The station is starting</source>
        <translation>La estación está arrancando</translation>
    </message>
    <message>
        <source>The station is starting …</source>
        <translation>La estación está arrancando …</translation>
    </message>
    <message>
        <source>The unit gets new credentials, though it has some. A second person approves.</source>
        <translation>La unidad recibe credenciales nuevas, aunque ya tiene. Una segunda persona lo aprueba.</translation>
    </message>
    <message>
        <source>The unit may pass though this check failed. A second person approves.</source>
        <translation>La unidad puede pasar aunque falló esta comprobación. Una segunda persona lo aprueba.</translation>
    </message>
    <message>
        <source>The unit was repaired</source>
        <translation>La unidad se reparó</translation>
    </message>
    <message>
        <source>The unit was reworked as often as the factory allows. An engineer approves.</source>
        <translation>La unidad se reparó tantas veces como permite la fábrica. Un ingeniero lo aprueba.</translation>
    </message>
    <message>
        <source>Then let go.</source>
        <translation>Después suelte.</translation>
    </message>
    <message>
        <source>There is no failed check that could be skipped.</source>
        <translation>No hay ninguna comprobación fallida que se pueda omitir.</translation>
    </message>
    <message>
        <source>There is no recipe yet. An engineer makes one with: station recipe new</source>
        <translation>Aún no hay ninguna receta. Un ingeniero crea una con: station recipe new</translation>
    </message>
    <message>
        <source>There is none: scan NO, or press N.</source>
        <translation>No hay ninguna: escanee «No», o pulse N.</translation>
    </message>
    <message>
        <source>They end as stopped. The units can be retried.</source>
        <translation>Acaban como detenidos. Las unidades se pueden reintentar.</translation>
    </message>
    <message>
        <source>This board never said who it is</source>
        <translation>Esta placa nunca dijo quién es</translation>
    </message>
    <message>
        <source>This command barcode is damaged. Print the sheet again.</source>
        <translation>Este código de comando está dañado. Imprima la hoja otra vez.</translation>
    </message>
    <message>
        <source>This computer has no Chinese letters. An engineer installs a font that has.</source>
        <translation>Este equipo no tiene letras chinas. Un ingeniero instala un tipo de letra que las tenga.</translation>
    </message>
    <message>
        <source>This line has no Bluetooth: plug boards in.</source>
        <translation>Esta línea no tiene Bluetooth: conecte placas.</translation>
    </message>
    <message>
        <source>This station has no label printer.</source>
        <translation>Esta estación no tiene impresora de etiquetas.</translation>
    </message>
    <message>
        <source>This takes something off {unit} that can&apos;t be put back.</source>
        <translation>Esto le quita a {unit} algo que no se puede devolver.</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Hoy</translation>
    </message>
    <message>
        <source>Try its login</source>
        <translation>Probar su acceso</translation>
    </message>
    <message>
        <source>Two labels of one unit must not leave the line. A second person approves.</source>
        <translation>Dos etiquetas de una unidad no deben salir de la línea. Una segunda persona lo aprueba.</translation>
    </message>
    <message>
        <source>Type fewer letters, or clear the filters.</source>
        <translation>Escriba menos letras, o quite los filtros.</translation>
    </message>
    <message>
        <source>Type part of any number</source>
        <translation>Parte de un número</translation>
    </message>
    <message>
        <source>Type your PIN.</source>
        <translation>Escriba su PIN.</translation>
    </message>
    <message>
        <source>Type your name.</source>
        <translation>Escriba su nombre.</translation>
    </message>
    <message>
        <source>Type, or use the arrows</source>
        <translation>Escriba, o use flechas</translation>
    </message>
    <message>
        <source>UNDER WAY</source>
        <translation>EN CURSO</translation>
    </message>
    <message>
        <source>USB</source>
        <translation>USB</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>Unidad</translation>
    </message>
    <message>
        <source>Units that are done appear here.</source>
        <translation>Las unidades acabadas aparecen aquí.</translation>
    </message>
    <message>
        <source>Units that were found</source>
        <translation>Unidades encontradas</translation>
    </message>
    <message>
        <source>Units that were found, the newest first</source>
        <translation>Unidades encontradas, las más recientes primero</translation>
    </message>
    <message>
        <source>Wait for its request</source>
        <translation>Esperar su petición</translation>
    </message>
    <message>
        <source>Wait for the board</source>
        <translation>Esperar a la placa</translation>
    </message>
    <message>
        <source>Wait for the cloud</source>
        <translation>Esperar a la nube</translation>
    </message>
    <message>
        <source>Wake the board</source>
        <translation>Despertar la placa</translation>
    </message>
    <message>
        <source>What befell it, the latest first</source>
        <translation>Lo que le pasó, lo último primero</translation>
    </message>
    <message>
        <source>What can be done</source>
        <translation>Qué se puede hacer</translation>
    </message>
    <message>
        <source>What was done</source>
        <translation>Qué se hizo</translation>
    </message>
    <message>
        <source>What was found (may stay empty)</source>
        <translation>Qué se encontró (puede quedar vacío)</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Cuándo</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Dónde</translation>
    </message>
    <message>
        <source>Which board is in your hand?</source>
        <translation>¿Qué placa tiene en la mano?</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Quién</translation>
    </message>
    <message>
        <source>Who may not work on the line chooses the bench in the list.</source>
        <translation>Quien no puede trabajar en la línea elige el banco en la lista.</translation>
    </message>
    <message>
        <source>Why it came back</source>
        <translation>Por qué volvió</translation>
    </message>
    <message>
        <source>Why nobody knows it</source>
        <translation>Por qué nadie la conoce</translation>
    </message>
    <message>
        <source>Work order</source>
        <translation>Orden de trabajo</translation>
    </message>
    <message>
        <source>Work order or recipe</source>
        <translation>Orden de trabajo o receta</translation>
    </message>
    <message>
        <source>Working. Free: {slots}</source>
        <translation>Trabajando. Libres: {slots}</translation>
    </message>
    <message>
        <source>Working. Nothing to do for you now.</source>
        <translation>Trabajando. Ahora no tiene nada que hacer.</translation>
    </message>
    <message>
        <source>Write a note</source>
        <translation>Escribir una nota</translation>
    </message>
    <message>
        <source>Write it down</source>
        <translation>Anotarlo</translation>
    </message>
    <message>
        <source>Write its firmware</source>
        <translation>Escribir su firmware</translation>
    </message>
    <message>
        <source>Write something first.</source>
        <translation>Escriba algo primero.</translation>
    </message>
    <message>
        <source>Write to the board</source>
        <translation>Escribir en la placa</translation>
    </message>
    <message>
        <source>Write what is shown to a file</source>
        <translation>Escribir lo que se muestra en un archivo</translation>
    </message>
    <message>
        <source>Writes the recipe&apos;s firmware anew and checks it.</source>
        <translation>Escribe de nuevo el firmware de la receta y lo comprueba.</translation>
    </message>
    <message>
        <source>Writing the file …</source>
        <translation>Escribiendo el archivo …</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Sí</translation>
    </message>
    <message>
        <source>Yes, do it</source>
        <translation>Sí, hágalo</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Ayer</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>Su nombre</translation>
    </message>
    <message>
        <source>auditor</source>
        <translation>auditor</translation>
    </message>
    <message>
        <source>busy</source>
        <translation>ocupada</translation>
    </message>
    <message>
        <source>choose a slot</source>
        <translation>elija un puesto</translation>
    </message>
    <message>
        <source>claimed</source>
        <translation>reclamada</translation>
    </message>
    <message>
        <source>connected</source>
        <translation>conectada</translation>
    </message>
    <message>
        <source>engineer</source>
        <translation>ingeniero</translation>
    </message>
    <message>
        <source>far</source>
        <translation>lejos</translation>
    </message>
    <message>
        <source>firmware {version}</source>
        <translation>firmware {version}</translation>
    </message>
    <message>
        <source>good</source>
        <translation>bien</translation>
    </message>
    <message>
        <source>in trouble</source>
        <translation>con problemas</translation>
    </message>
    <message>
        <source>near</source>
        <translation>cerca</translation>
    </message>
    <message>
        <source>not online</source>
        <translation>sin conexión</translation>
    </message>
    <message>
        <source>not read yet</source>
        <translation>sin leer</translation>
    </message>
    <message>
        <source>off</source>
        <translation>apagada</translation>
    </message>
    <message>
        <source>operator</source>
        <translation>operador</translation>
    </message>
    <message>
        <source>orders wait</source>
        <translation>órdenes en espera</translation>
    </message>
    <message>
        <source>plug it in</source>
        <translation>conéctela</translation>
    </message>
    <message>
        <source>proof {seal}</source>
        <translation>prueba {seal}</translation>
    </message>
    <message>
        <source>provisioned</source>
        <translation>aprovisionada</translation>
    </message>
    <message>
        <source>queued, not verified</source>
        <translation>en cola, sin verificar</translation>
    </message>
    <message>
        <source>scanned and right</source>
        <translation>escaneada y correcta</translation>
    </message>
    <message>
        <source>shipped again {when}, {who}</source>
        <translation>enviada otra vez {when}, {who}</translation>
    </message>
    <message>
        <source>since {when}, {who}</source>
        <translation>desde {when}, {who}</translation>
    </message>
    <message>
        <source>technician</source>
        <translation>técnico</translation>
    </message>
    <message>
        <source>the LED</source>
        <translation>el LED</translation>
    </message>
    <message>
        <source>unknown board</source>
        <translation>placa desconocida</translation>
    </message>
    <message>
        <source>very far</source>
        <translation>muy lejos</translation>
    </message>
    <message>
        <source>very near</source>
        <translation>muy cerca</translation>
    </message>
    <message>
        <source>{code}, ticked</source>
        <translation>{code}, marcado</translation>
    </message>
    <message>
        <source>{code}: not a label of this product.</source>
        <translation>{code}: no es una etiqueta de este producto.</translation>
    </message>
    <message>
        <source>{code}: nothing to do with this code now.</source>
        <translation>{code}: ahora no hay nada que hacer con este código.</translation>
    </message>
    <message>
        <source>{code}: too short for a code. Scan it again.</source>
        <translation>{code}: demasiado corto para un código. Escanéelo otra vez.</translation>
    </message>
    <message>
        <source>{count} under way. Closing stops them.</source>
        <translation>{count} en marcha. Cerrar los detiene.</translation>
    </message>
    <message>
        <source>{count} units</source>
        <translation>{count} unidades</translation>
    </message>
    <message>
        <source>{count} units fit</source>
        <translation>{count} unidades coinciden</translation>
    </message>
    <message>
        <source>{count} units written to {name}</source>
        <translation>{count} unidades escritas en {name}</translation>
    </message>
    <message>
        <source>{count} units: {recipe}</source>
        <translation>{count} unidades: {recipe}</translation>
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
        <translation>{done} de {total} {unit}</translation>
    </message>
    <message>
        <source>{first}, approved by {second}</source>
        <translation>{first}, aprobado por {second}</translation>
    </message>
    <message>
        <source>{number} s</source>
        <translation>{number} s</translation>
    </message>
    <message>
        <source>{order} is chosen. Now scan your badge.</source>
        <translation>Se eligió {order}. Ahora escanee su tarjeta.</translation>
    </message>
    <message>
        <source>{order}: no such work order. An engineer adds it with: station orders add</source>
        <translation>{order}: no existe esa orden de trabajo. Un ingeniero la añade con: station orders add</translation>
    </message>
    <message>
        <source>{page}, key {key}</source>
        <translation>{page}, tecla {key}</translation>
    </message>
    <message>
        <source>{seconds} s left</source>
        <translation>quedan {seconds} s</translation>
    </message>
    <message>
        <source>{slot} has nothing to retry now.</source>
        <translation>{slot} no tiene nada que reintentar ahora.</translation>
    </message>
    <message>
        <source>{slot}: {unit}</source>
        <translation>{slot}: {unit}</translation>
    </message>
    <message>
        <source>{station} – provisioning</source>
        <translation>{station} – aprovisionamiento</translation>
    </message>
    <message>
        <source>{title}?</source>
        <translation>¿{title}?</translation>
    </message>
</context>
</TS>
