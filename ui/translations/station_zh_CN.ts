<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Faults</name>
    <message>
        <source>A PIN is needed here.</source>
        <translation>此处需要 PIN。</translation>
    </message>
    <message>
        <source>A board was plugged into a socket that belongs to no slot.</source>
        <translation>电路板插到了不属于任何工位的接口上。</translation>
    </message>
    <message>
        <source>A key is not in the keystore.</source>
        <translation>密钥库中缺少一个密钥。</translation>
    </message>
    <message>
        <source>A part of the board does not work.</source>
        <translation>电路板上有部件不能工作。</translation>
    </message>
    <message>
        <source>A part of the station that this recipe needs is not installed.</source>
        <translation>此配方需要的一个工站组件没有安装。</translation>
    </message>
    <message>
        <source>A technician erases it first; the key that is there would be lost.</source>
        <translation>请技术员先擦除；原有的密钥将会丢失。</translation>
    </message>
    <message>
        <source>Add what tells the two apart, such as an initial.</source>
        <translation>请加上能区分两人的内容，例如姓名缩写。</translation>
    </message>
    <message>
        <source>After the flash the board runs another firmware than it should.</source>
        <translation>烧录后电路板运行的固件不是应有的那个。</translation>
    </message>
    <message>
        <source>An engineer adds the user to the group that owns the port (dialout on Debian); then sign in anew.</source>
        <translation>请工程师把该用户加入端口所属的用户组（Debian 上是 dialout），然后重新登录。</translation>
    </message>
    <message>
        <source>An engineer checks the cloud&apos;s address and whether a proxy or a login page is in the way.</source>
        <translation>请工程师检查云平台地址，以及是否被代理或登录页面挡住。</translation>
    </message>
    <message>
        <source>An engineer checks the file and its SHA-256, or has it fetched anew.</source>
        <translation>请工程师检查该文件及其 SHA-256，或重新下载。</translation>
    </message>
    <message>
        <source>An engineer checks this computer&apos;s clock, the proxy and the cloud&apos;s address.</source>
        <translation>请工程师检查本机时钟、代理和云平台地址。</translation>
    </message>
    <message>
        <source>An engineer compares the key and the secret with those of the device profile in the cloud.</source>
        <translation>请工程师将密钥和密文与云平台中设备配置的内容核对。</translation>
    </message>
    <message>
        <source>An engineer compares the recipe&apos;s strategy with that of the device profile in the cloud.</source>
        <translation>请工程师将配方中的预配策略与云平台中设备配置的策略核对。</translation>
    </message>
    <message>
        <source>An engineer compares the recipe&apos;s transport with that of the device profile in the cloud.</source>
        <translation>请工程师将配方中的传输方式与云平台中设备配置的传输方式核对。</translation>
    </message>
    <message>
        <source>An engineer corrects the named line of the template.</source>
        <translation>请工程师改正模板中指出的那一行。</translation>
    </message>
    <message>
        <source>An engineer corrects the named line; &apos;station recipe check&apos; tells more.</source>
        <translation>请工程师改正指出的那一行；运行 &apos;station recipe check&apos; 可查看详情。</translation>
    </message>
    <message>
        <source>An engineer corrects the printer&apos;s name in the station&apos;s settings, or installs it.</source>
        <translation>请工程师改正工站设置中的打印机名称，或安装该打印机。</translation>
    </message>
    <message>
        <source>An engineer corrects what is named.</source>
        <translation>请工程师改正指出的内容。</translation>
    </message>
    <message>
        <source>An engineer deletes devices that are no longer used, or has the limit raised.</source>
        <translation>请工程师删除不再使用的设备，或申请提高上限。</translation>
    </message>
    <message>
        <source>An engineer discards the orders that wait, or the unit is brought online to take them.</source>
        <translation>请工程师清除等待中的指令，或让产品上线取走指令。</translation>
    </message>
    <message>
        <source>An engineer gives the user the right to print, or chooses another printer.</source>
        <translation>请工程师授予该用户打印权限，或换用其他打印机。</translation>
    </message>
    <message>
        <source>An engineer has the recipe wait until the cloud has heard the unit itself.</source>
        <translation>请工程师修改配方，让它等到云平台收到产品自己的消息为止。</translation>
    </message>
    <message>
        <source>An engineer installs it: the detail has its name.</source>
        <translation>请工程师安装：名称见详细信息。</translation>
    </message>
    <message>
        <source>An engineer installs it; README says how.</source>
        <translation>请工程师安装；方法见 README。</translation>
    </message>
    <message>
        <source>An engineer looks at the detail: the template may be meant for another kind of printer.</source>
        <translation>请工程师查看详细信息：模板可能是为另一种打印机做的。</translation>
    </message>
    <message>
        <source>An engineer makes more with &apos;station serials make&apos;, or imports them; then retry.</source>
        <translation>请工程师用 &apos;station serials make&apos; 生成，或导入；然后重试。</translation>
    </message>
    <message>
        <source>An engineer names its certificate in the recipe and stores its key in the keystore.</source>
        <translation>请工程师在配方中指定其证书，并把密钥存入密钥库。</translation>
    </message>
    <message>
        <source>An engineer restores the key &apos;station-seal&apos;, or has tokens gathered again and units provisioned anew: &apos;again = true&apos; in the recipe.</source>
        <translation>请工程师恢复密钥 &apos;station-seal&apos;，或重新收集令牌并重新预配产品：在配方中写 &apos;again = true&apos;。</translation>
    </message>
    <message>
        <source>An engineer sets it up with &apos;station networks add&apos;.</source>
        <translation>请工程师用 &apos;station networks add&apos; 设置。</translation>
    </message>
    <message>
        <source>An engineer sets sign_in in the recipe&apos;s [cloud] table and stores the key.</source>
        <translation>请工程师在配方的 [cloud] 表中设置 sign_in，并存入密钥。</translation>
    </message>
    <message>
        <source>An engineer sets the clock, best by NTP, then retry.</source>
        <translation>请工程师校准时钟（最好用 NTP），然后重试。</translation>
    </message>
    <message>
        <source>An engineer sets the provision strategy of the device profile in the cloud.</source>
        <translation>请工程师在云平台中设置设备配置的预配策略。</translation>
    </message>
    <message>
        <source>An engineer stores it with &apos;station secret set NAME&apos;, or sets its environment variable.</source>
        <translation>请工程师用 &apos;station secret set NAME&apos; 存入，或设置对应的环境变量。</translation>
    </message>
    <message>
        <source>An engineer unlocks or mends the keystore, or sets the key&apos;s environment variable.</source>
        <translation>请工程师解锁或修复密钥库，或设置该密钥的环境变量。</translation>
    </message>
    <message>
        <source>Another device uses the credential that was made for this unit.</source>
        <translation>为此产品生成的凭证已被另一台设备使用。</translation>
    </message>
    <message>
        <source>Another program is using this port.</source>
        <translation>另一个程序正在使用此端口。</translation>
    </message>
    <message>
        <source>Another station program is already using this record.</source>
        <translation>另一个工站程序正在使用此记录。</translation>
    </message>
    <message>
        <source>Another unit in the record has one of this unit&apos;s identities.</source>
        <translation>记录中已有另一件产品使用了相同的身份标识。</translation>
    </message>
    <message>
        <source>Another unit sits in the slot than before the flash.</source>
        <translation>工位上的产品与烧录前不是同一件。</translation>
    </message>
    <message>
        <source>Ask a second person, who gives a reason and shows badge or PIN.</source>
        <translation>请找第二个人，由其说明原因并出示工牌或 PIN。</translation>
    </message>
    <message>
        <source>Ask another person for badge or PIN.</source>
        <translation>请另一个人出示工牌或 PIN。</translation>
    </message>
    <message>
        <source>Ask somebody whose role allows what the detail names.</source>
        <translation>请找角色允许执行详细信息所述操作的人。</translation>
    </message>
    <message>
        <source>Call an engineer to free space. No unit is begun until then.</source>
        <translation>请叫工程师清理磁盘空间。在此之前不会开始新产品。</translation>
    </message>
    <message>
        <source>Call an engineer. No unit is begun until then.</source>
        <translation>请叫工程师。在此之前不会开始新产品。</translation>
    </message>
    <message>
        <source>Call an engineer: the key is wrong, has expired, or belongs to the other generation of the API.</source>
        <translation>请叫工程师：密钥有误、已过期，或属于另一代 API。</translation>
    </message>
    <message>
        <source>Call an engineer: the key&apos;s user needs a role that may claim devices.</source>
        <translation>请叫工程师：该密钥的用户需要有认领设备的权限。</translation>
    </message>
    <message>
        <source>Check its antenna and its SIM card, and give it power where there is coverage.</source>
        <translation>检查天线和 SIM 卡，并在有信号的地方通电。</translation>
    </message>
    <message>
        <source>Check that it has power, press its reset button, then retry. Set it aside if it stays silent.</source>
        <translation>检查是否通电，按一下复位按钮，然后重试。仍无应答就放到隔离区。</translation>
    </message>
    <message>
        <source>Check that its light pulses, hold it nearer, then scan its label again.</source>
        <translation>检查指示灯是否闪动，拿近一些，再次扫描标签。</translation>
    </message>
    <message>
        <source>Check that its network reaches this place, then retry. Set it aside if it stays away.</source>
        <translation>检查此处是否有其网络信号，然后重试。仍未连上就放到隔离区。</translation>
    </message>
    <message>
        <source>Check that the board has power, hold it nearer, then retry.</source>
        <translation>检查电路板是否通电，拿近一些，然后重试。</translation>
    </message>
    <message>
        <source>Check that the network is in reach. If other boards fail too tell an engineer.</source>
        <translation>检查网络是否能连到。其他电路板也失败时请通知工程师。</translation>
    </message>
    <message>
        <source>Check that the printer is switched on and its cable is in, then retry.</source>
        <translation>检查打印机是否开机、电缆是否插好，然后重试。</translation>
    </message>
    <message>
        <source>Check the cable and retry. If it happens again set the unit aside.</source>
        <translation>检查电缆并重试。再次发生时请把产品放到隔离区。</translation>
    </message>
    <message>
        <source>Check the network, then retry.</source>
        <translation>检查网络，然后重试。</translation>
    </message>
    <message>
        <source>Check the spelling. &apos;station people list&apos; shows who was named.</source>
        <translation>请检查拼写。运行 &apos;station people list&apos; 可查看已登记的人员。</translation>
    </message>
    <message>
        <source>Choose a reason, or type one.</source>
        <translation>请选择原因，或输入一个。</translation>
    </message>
    <message>
        <source>Choose another PIN.</source>
        <translation>请换一个 PIN。</translation>
    </message>
    <message>
        <source>Choose another name; &apos;station serials list&apos; shows what there is.</source>
        <translation>请换一个名称；运行 &apos;station serials list&apos; 可查看已有的。</translation>
    </message>
    <message>
        <source>Choose another with --data-dir, or give this user the right to write there.</source>
        <translation>用 --data-dir 另选一个文件夹，或授予该用户写入权限。</translation>
    </message>
    <message>
        <source>Choose one from the list; an engineer keeps the lists in station.toml.</source>
        <translation>请从列表中选择；列表由工程师在 station.toml 中维护。</translation>
    </message>
    <message>
        <source>Choose one from the list; an engineer writes them into the recipe.</source>
        <translation>请从列表中选择；列表由工程师写在配方中。</translation>
    </message>
    <message>
        <source>Choose one of the slots on the screen.</source>
        <translation>请选择屏幕上的一个工位。</translation>
    </message>
    <message>
        <source>Choose the work order of its product, then ask for the label again.</source>
        <translation>请选择该产品的工单，然后再次打印标签。</translation>
    </message>
    <message>
        <source>Claim it first. If it was claimed before, an engineer looks for who unclaimed it.</source>
        <translation>请先认领。如果以前认领过，请工程师查明是谁取消了认领。</translation>
    </message>
    <message>
        <source>Close serial terminals and other tools on this computer, then retry.</source>
        <translation>关闭本机上的串口终端和其他工具，然后重试。</translation>
    </message>
    <message>
        <source>Close the head until it clicks, then retry.</source>
        <translation>合上打印头，听到咔嗒声后重试。</translation>
    </message>
    <message>
        <source>Close the other window, or give this one a folder of its own with --data-dir.</source>
        <translation>关闭另一个窗口，或用 --data-dir 给本工站单独的文件夹。</translation>
    </message>
    <message>
        <source>Correct the rows that are named, or make the file anew.</source>
        <translation>改正指出的那些行，或重新制作文件。</translation>
    </message>
    <message>
        <source>Do what the picture shows, until the light goes off.</source>
        <translation>按图片操作，直到指示灯熄灭。</translation>
    </message>
    <message>
        <source>Fill in what is named, then try again.</source>
        <translation>补全指出的内容，然后再试。</translation>
    </message>
    <message>
        <source>Find it by that number: its whole life is there.</source>
        <translation>按这个编号查找：全部履历都在那里。</translation>
    </message>
    <message>
        <source>Find the unit again, or take it into the record by hand.</source>
        <translation>请重新查找产品，或手动录入记录。</translation>
    </message>
    <message>
        <source>Give a badge, a PIN, or both.</source>
        <translation>请提供工牌、PIN，或两者都提供。</translation>
    </message>
    <message>
        <source>Go on with its open case, or close that one first.</source>
        <translation>继续未结的返修单，或先结束它。</translation>
    </message>
    <message>
        <source>Have the station reach its cloud once, or an engineer puts the file in its place.</source>
        <translation>让工站连接一次云平台，或请工程师把文件放到位。</translation>
    </message>
    <message>
        <source>Hold its BOOT button, press and let go of reset, let go of BOOT, then retry.</source>
        <translation>按住 BOOT 按钮，按一下复位后松开，再松开 BOOT，然后重试。</translation>
    </message>
    <message>
        <source>If this is a returned unit a technician sets it up anew. If not, set it aside.</source>
        <translation>如果是退回的产品，请技术员重新设置。如果不是，请放到隔离区。</translation>
    </message>
    <message>
        <source>If this is a returned unit a technician sets it up anew. If not, two units say the same name: set it aside.</source>
        <translation>如果是退回的产品，请技术员重新设置。如果不是，说明有两件产品同名：请放到隔离区。</translation>
    </message>
    <message>
        <source>Install a real keystore (gnome-keyring or KWallet), or use the environment variable.</source>
        <translation>请安装真正的密钥库（gnome-keyring 或 KWallet），或使用环境变量。</translation>
    </message>
    <message>
        <source>Install that version or a later one.</source>
        <translation>请安装该版本或更新的版本。</translation>
    </message>
    <message>
        <source>Leave the board in its slot: the station asks again by itself.</source>
        <translation>请把电路板留在工位上：工站会自动再次确认。</translation>
    </message>
    <message>
        <source>Let its run pass first: the label is printed at its end.</source>
        <translation>请先让它运行通过：标签在最后打印。</translation>
    </message>
    <message>
        <source>Look at the printer. On the next try scan the label if it came out, or say no.</source>
        <translation>请查看打印机。下次尝试时，标签已打出就扫描它，没有就答否。</translation>
    </message>
    <message>
        <source>Look at the printer: put in labels or ribbon, close its head, then retry.</source>
        <translation>查看打印机：装好标签或色带，合上打印头，然后重试。</translation>
    </message>
    <message>
        <source>ModemManager is using this port.</source>
        <translation>ModemManager 正在使用此端口。</translation>
    </message>
    <message>
        <source>Name an engineer first: from then on nobody is let in who was not named.</source>
        <translation>请先登记一名工程师：从那时起，没有登记的人不能进入。</translation>
    </message>
    <message>
        <source>Name another engineer first.</source>
        <translation>请先登记另一名工程师。</translation>
    </message>
    <message>
        <source>No board sits in this slot.</source>
        <translation>此工位上没有电路板。</translation>
    </message>
    <message>
        <source>No serial number is left for this unit.</source>
        <translation>没有可分配给此产品的序列号了。</translation>
    </message>
    <message>
        <source>No such board is on the air.</source>
        <translation>没有收到这块电路板的信号。</translation>
    </message>
    <message>
        <source>Nobody can approve what they ask for themselves.</source>
        <translation>不能批准自己的申请。</translation>
    </message>
    <message>
        <source>Nobody can say whether the label was printed.</source>
        <translation>无法确定标签是否已打印。</translation>
    </message>
    <message>
        <source>Nobody is signed in without a name.</source>
        <translation>没有姓名不能登录。</translation>
    </message>
    <message>
        <source>Nobody is signed in.</source>
        <translation>还没有人登录。</translation>
    </message>
    <message>
        <source>Nobody of this name works at this station.</source>
        <translation>本工站没有叫这个名字的人。</translation>
    </message>
    <message>
        <source>Nobody was named here yet, and the first has to be an engineer.</source>
        <translation>此处还没有登记任何人，第一个必须是工程师。</translation>
    </message>
    <message>
        <source>Only the unit itself can log in to the cloud: its key never left it.</source>
        <translation>只有产品自己能登录云平台：密钥从未离开过产品。</translation>
    </message>
    <message>
        <source>Open a case for it: say why it came back.</source>
        <translation>请为它开返修单：说明退回原因。</translation>
    </message>
    <message>
        <source>Plug in a Bluetooth adapter, or ask an engineer to start the Bluetooth service.</source>
        <translation>插上蓝牙适配器，或请工程师启动蓝牙服务。</translation>
    </message>
    <message>
        <source>Plug it in. An engineer compares the recipe&apos;s probe with what &apos;pyocd list&apos; shows.</source>
        <translation>请插上。请工程师将配方中的调试器与 &apos;pyocd list&apos; 显示的核对。</translation>
    </message>
    <message>
        <source>Plug it into one of the slots; an engineer can teach this socket in station.toml.</source>
        <translation>请插到某个工位的接口上；工程师可以在 station.toml 中登记此接口。</translation>
    </message>
    <message>
        <source>Plug the board in again, firmly.</source>
        <translation>请重新插好电路板。</translation>
    </message>
    <message>
        <source>Plug the board in again, or correct the port&apos;s name.</source>
        <translation>重新插上电路板，或改正端口名称。</translation>
    </message>
    <message>
        <source>Plug the board into the socket of the slot that the screen names.</source>
        <translation>把电路板插到屏幕所示工位的接口上。</translation>
    </message>
    <message>
        <source>Plug the scanner in again. Everything can be done by keyboard meanwhile.</source>
        <translation>重新插上扫描枪。在此期间所有操作都可用键盘完成。</translation>
    </message>
    <message>
        <source>Plug the unit in, then try again.</source>
        <translation>插上产品，然后再试。</translation>
    </message>
    <message>
        <source>Press its reset button twice, quickly, then retry. If it happens again set it aside.</source>
        <translation>快速按两下复位按钮，然后重试。再次发生时请放到隔离区。</translation>
    </message>
    <message>
        <source>Press its reset button, or plug it in again, then retry.</source>
        <translation>按一下复位按钮或重新插上，然后重试。</translation>
    </message>
    <message>
        <source>Press the board&apos;s reset button, or unplug it and plug it in again, then retry.</source>
        <translation>按一下电路板的复位按钮，或拔下再插上，然后重试。</translation>
    </message>
    <message>
        <source>Press the printer&apos;s pause key, or have the print queue started again, then retry.</source>
        <translation>按一下打印机的暂停键，或让人重新启动打印队列，然后重试。</translation>
    </message>
    <message>
        <source>Provisioning is switched off for this product in the cloud.</source>
        <translation>云平台中此产品的预配功能已关闭。</translation>
    </message>
    <message>
        <source>Put in a new ribbon, press the printer&apos;s pause key, then retry.</source>
        <translation>装上新色带，按一下打印机的暂停键，然后重试。</translation>
    </message>
    <message>
        <source>Put in a new roll, press the printer&apos;s feed key, then retry.</source>
        <translation>装上新标签卷，按一下打印机的走纸键，然后重试。</translation>
    </message>
    <message>
        <source>Put it into the bin for scrap. If it should not be there tell an engineer.</source>
        <translation>请放入报废箱。如果不应在那里，请通知工程师。</translation>
    </message>
    <message>
        <source>Put the board on a USB cable: the station brings it up to date there.</source>
        <translation>请用 USB 电缆连接电路板：工站会在那里更新程序。</translation>
    </message>
    <message>
        <source>Put the first unit back and retry. Set the other one aside: it may have been flashed.</source>
        <translation>请放回原来的产品并重试。另一件请放到隔离区：它可能已被烧录。</translation>
    </message>
    <message>
        <source>Put the right unit into the slot, or find this one on the Rework page.</source>
        <translation>请把正确的产品放入工位，或在返修页查找这一件。</translation>
    </message>
    <message>
        <source>Put the unit in again: the station goes on from what is already true.</source>
        <translation>请重新放入产品：工站会从已完成的地方继续。</translation>
    </message>
    <message>
        <source>Retry once, then tell an engineer.</source>
        <translation>重试一次，仍不行请通知工程师。</translation>
    </message>
    <message>
        <source>Retry once. If it happens again do not ship the unit.</source>
        <translation>重试一次。再次发生时不要发货。</translation>
    </message>
    <message>
        <source>Retry once. If it happens again do not ship the unit: tell an engineer.</source>
        <translation>重试一次。再次发生时不要发货：请通知工程师。</translation>
    </message>
    <message>
        <source>Retry once. If it happens again set the unit aside for reflashing.</source>
        <translation>重试一次。再次发生时请把产品放到隔离区，等待重新烧录。</translation>
    </message>
    <message>
        <source>Retry once. If it happens again set the unit aside for repair.</source>
        <translation>重试一次。再次发生时请把产品放到隔离区，等待维修。</translation>
    </message>
    <message>
        <source>Retry once. If it happens again set the unit aside.</source>
        <translation>重试一次。再次发生时请把产品放到隔离区。</translation>
    </message>
    <message>
        <source>Retry once. If it happens again tell an engineer: somebody else may have changed it.</source>
        <translation>重试一次。再次发生时请通知工程师：可能被别人改动过。</translation>
    </message>
    <message>
        <source>Retry once. If it happens again tell an engineer: the recipe&apos;s image or version is wrong.</source>
        <translation>重试一次。再次发生时请通知工程师：配方中的固件或版本有误。</translation>
    </message>
    <message>
        <source>Retry the unit, or set it aside for a technician.</source>
        <translation>请重试，或把产品交给技术员。</translation>
    </message>
    <message>
        <source>Retry when ready.</source>
        <translation>准备好后重试。</translation>
    </message>
    <message>
        <source>Retry with the label of the unit in this slot. If it was that one, set the unit aside.</source>
        <translation>请用此工位产品的标签重试。如果就是那张，请把产品放到隔离区。</translation>
    </message>
    <message>
        <source>Retry. If it happens again give the log file to an engineer.</source>
        <translation>请重试。再次发生时请把日志文件交给工程师。</translation>
    </message>
    <message>
        <source>Retry. If it happens again set the unit aside and tell an engineer.</source>
        <translation>请重试。再次发生时请把产品放到隔离区并通知工程师。</translation>
    </message>
    <message>
        <source>Retry. If it happens again set the unit aside.</source>
        <translation>请重试。再次发生时请把产品放到隔离区。</translation>
    </message>
    <message>
        <source>Retry: the station makes another. Tell an engineer if it happens again.</source>
        <translation>请重试：工站会另做一个。再次发生时请通知工程师。</translation>
    </message>
    <message>
        <source>Scan it again. If it goes on an engineer checks the scanner&apos;s settings.</source>
        <translation>请再扫一次。如果一直这样，请工程师检查扫描枪设置。</translation>
    </message>
    <message>
        <source>Scan the badge. An engineer sets what badges look like in the station&apos;s settings.</source>
        <translation>请扫描工牌。工牌格式由工程师在工站设置中规定。</translation>
    </message>
    <message>
        <source>Scan the label of the board in your hand, or choose it from the list.</source>
        <translation>请扫描手中电路板的标签，或从列表中选择。</translation>
    </message>
    <message>
        <source>Scan the order&apos;s sheet again. An engineer adds orders with &apos;station orders add&apos;.</source>
        <translation>请再次扫描工单。工程师用 &apos;station orders add&apos; 添加工单。</translation>
    </message>
    <message>
        <source>Scan your own badge, or sign in with name and PIN. An engineer names people.</source>
        <translation>请扫描自己的工牌，或用姓名和 PIN 登录。人员由工程师登记。</translation>
    </message>
    <message>
        <source>Scrap it, or have an engineer approve of one more time.</source>
        <translation>请报废，或请工程师批准再返修一次。</translation>
    </message>
    <message>
        <source>Set both units aside and tell an engineer.</source>
        <translation>请把两件产品都放到隔离区并通知工程师。</translation>
    </message>
    <message>
        <source>Set it aside for a modem firmware update, or use a recipe made for this hardware.</source>
        <translation>请放到隔离区等待更新调制解调器固件，或使用适合此硬件的配方。</translation>
    </message>
    <message>
        <source>Set the unit aside and tell an engineer.</source>
        <translation>请把产品放到隔离区并通知工程师。</translation>
    </message>
    <message>
        <source>Set the unit aside and tell an engineer: its identity can&apos;t be trusted.</source>
        <translation>请把产品放到隔离区并通知工程师：其身份不可信。</translation>
    </message>
    <message>
        <source>Set the unit aside for an update of its Wi-Fi firmware.</source>
        <translation>请把产品放到隔离区，等待更新 Wi-Fi 固件。</translation>
    </message>
    <message>
        <source>Set the unit aside for repair.</source>
        <translation>请把产品放到隔离区，等待维修。</translation>
    </message>
    <message>
        <source>Set the unit aside. An engineer deletes or renames the other device, or sees to the name&apos;s pattern.</source>
        <translation>请把产品放到隔离区。请工程师删除或改名另一台设备，或检查名称格式。</translation>
    </message>
    <message>
        <source>Set the unit aside. An engineer looks at the name&apos;s pattern in the recipe.</source>
        <translation>请把产品放到隔离区。请工程师检查配方中的名称格式。</translation>
    </message>
    <message>
        <source>Set the unit aside. An engineer looks at the named field and line of the template.</source>
        <translation>请把产品放到隔离区。请工程师检查模板中指出的字段和行。</translation>
    </message>
    <message>
        <source>Set the unit aside. An engineer looks for its name in the cloud; with an engineer&apos;s key in the keystore the station says more.</source>
        <translation>请把产品放到隔离区。请工程师在云平台中查找其名称；密钥库中有工程师密钥时，工站会给出更多信息。</translation>
    </message>
    <message>
        <source>Set the unit aside. An engineer registers it, or finds out where it comes from.</source>
        <translation>请把产品放到隔离区。请工程师登记它，或查明来源。</translation>
    </message>
    <message>
        <source>Set the unit aside: it takes none but signed or encrypted images. Tell an engineer.</source>
        <translation>请把产品放到隔离区：它只接受签名或加密的固件。请通知工程师。</translation>
    </message>
    <message>
        <source>Set the unit aside: its present owner must unclaim it first.</source>
        <translation>请把产品放到隔离区：须由现在的所有者先取消认领。</translation>
    </message>
    <message>
        <source>Several boards are near, and nobody can say which one is meant.</source>
        <translation>附近有多块电路板，无法确定是哪一块。</translation>
    </message>
    <message>
        <source>Sign in first: F2.</source>
        <translation>请先登录：F2。</translation>
    </message>
    <message>
        <source>Sign in without a recipe, wait until all slots are at rest, then teach them.</source>
        <translation>不选配方登录，等所有工位空闲后再示教工位。</translation>
    </message>
    <message>
        <source>Slots can&apos;t be taught while units are being worked on.</source>
        <translation>正在处理产品时不能示教工位。</translation>
    </message>
    <message>
        <source>Somebody of this name works at this station already.</source>
        <translation>本工站已有同名的人。</translation>
    </message>
    <message>
        <source>Something is being done in this slot.</source>
        <translation>此工位正在进行操作。</translation>
    </message>
    <message>
        <source>Something that is not the cloud answered.</source>
        <translation>应答的不是云平台。</translation>
    </message>
    <message>
        <source>Something that must be said was left empty.</source>
        <translation>必填内容没有填写。</translation>
    </message>
    <message>
        <source>Stopped by the operator.</source>
        <translation>已被操作员停止。</translation>
    </message>
    <message>
        <source>Switch Bluetooth on, then retry.</source>
        <translation>打开蓝牙，然后重试。</translation>
    </message>
    <message>
        <source>Switch its power off and on again, and leave its cable in.</source>
        <translation>断电后再通电，电缆不要拔。</translation>
    </message>
    <message>
        <source>Take another badge, or take it away from whoever has it.</source>
        <translation>请换一张工牌，或从持有者处收回。</translation>
    </message>
    <message>
        <source>Take it off and have it printed again, then retry.</source>
        <translation>请撕下并重新打印，然后重试。</translation>
    </message>
    <message>
        <source>Take it out and check which work order it belongs to.</source>
        <translation>请取出并检查它属于哪个工单。</translation>
    </message>
    <message>
        <source>Tell an engineer: the record has the cloud&apos;s own words.</source>
        <translation>请通知工程师：记录中有云平台的原话。</translation>
    </message>
    <message>
        <source>That code did not come over whole.</source>
        <translation>条码没有完整读入。</translation>
    </message>
    <message>
        <source>The Bluetooth connection to the board was lost.</source>
        <translation>与电路板的蓝牙连接已断开。</translation>
    </message>
    <message>
        <source>The attestation token does not belong to this board.</source>
        <translation>身份令牌不属于这块电路板。</translation>
    </message>
    <message>
        <source>The board already holds a key in this place.</source>
        <translation>电路板的这个位置已有密钥。</translation>
    </message>
    <message>
        <source>The board could not be flashed.</source>
        <translation>电路板无法烧录。</translation>
    </message>
    <message>
        <source>The board could not carry out what the cloud ordered.</source>
        <translation>电路板未能执行云平台的指令。</translation>
    </message>
    <message>
        <source>The board could not join the network.</source>
        <translation>电路板无法加入网络。</translation>
    </message>
    <message>
        <source>The board did not come back after it was restarted.</source>
        <translation>电路板重启后没有恢复。</translation>
    </message>
    <message>
        <source>The board did not keep what was written to it.</source>
        <translation>写入的内容没有保存在电路板上。</translation>
    </message>
    <message>
        <source>The board does not answer.</source>
        <translation>电路板没有应答。</translation>
    </message>
    <message>
        <source>The board does not run the sketch that this work needs.</source>
        <translation>电路板没有运行此工作需要的程序。</translation>
    </message>
    <message>
        <source>The board in the slot is not the unit that is meant. Nothing was done to it.</source>
        <translation>工位上的电路板不是指定的产品。没有对它做任何操作。</translation>
    </message>
    <message>
        <source>The board is alive, but its receiver hangs.</source>
        <translation>电路板在工作，但接收端卡住了。</translation>
    </message>
    <message>
        <source>The board waits for a hand.</source>
        <translation>电路板等待手动操作。</translation>
    </message>
    <message>
        <source>The board was unplugged, or its cable lost contact.</source>
        <translation>电路板被拔下，或电缆接触不良。</translation>
    </message>
    <message>
        <source>The board&apos;s answers are garbled.</source>
        <translation>电路板的应答是乱码。</translation>
    </message>
    <message>
        <source>The board&apos;s attestation token is cut short or garbled.</source>
        <translation>电路板的身份令牌不完整或有误。</translation>
    </message>
    <message>
        <source>The board&apos;s firmware refused a command.</source>
        <translation>电路板固件拒绝了命令。</translation>
    </message>
    <message>
        <source>The board&apos;s flash does not keep what is written.</source>
        <translation>电路板的闪存存不住写入的内容。</translation>
    </message>
    <message>
        <source>The board&apos;s key is not the one that it should have.</source>
        <translation>电路板的密钥不是应有的那个。</translation>
    </message>
    <message>
        <source>The board&apos;s sketch is older than its cloud takes, and it can&apos;t be changed this way.</source>
        <translation>电路板的程序比云平台要求的旧，且不能用这种方式更改。</translation>
    </message>
    <message>
        <source>The chip&apos;s boot loader does not answer.</source>
        <translation>芯片的引导程序没有应答。</translation>
    </message>
    <message>
        <source>The chip&apos;s security fuses forbid this image.</source>
        <translation>芯片的安全熔丝不允许此固件。</translation>
    </message>
    <message>
        <source>The cloud account holds as many devices as it may.</source>
        <translation>云平台账户的设备数已达上限。</translation>
    </message>
    <message>
        <source>The cloud asks the station to slow down.</source>
        <translation>云平台要求工站放慢速度。</translation>
    </message>
    <message>
        <source>The cloud can&apos;t be reached.</source>
        <translation>无法连接云平台。</translation>
    </message>
    <message>
        <source>The cloud can&apos;t call a device by this unit&apos;s name.</source>
        <translation>云平台不能使用此产品的名称。</translation>
    </message>
    <message>
        <source>The cloud did not answer in time.</source>
        <translation>云平台没有及时应答。</translation>
    </message>
    <message>
        <source>The cloud did not register this unit.</source>
        <translation>云平台没有登记此产品。</translation>
    </message>
    <message>
        <source>The cloud did not say whether this was done.</source>
        <translation>云平台没有说明是否已完成。</translation>
    </message>
    <message>
        <source>The cloud does not accept the station&apos;s key.</source>
        <translation>云平台不接受工站的密钥。</translation>
    </message>
    <message>
        <source>The cloud does not accept this board&apos;s attestation token.</source>
        <translation>云平台不接受此电路板的身份令牌。</translation>
    </message>
    <message>
        <source>The cloud does not hold this unit for us.</source>
        <translation>此产品在云平台中不属于我们。</translation>
    </message>
    <message>
        <source>The cloud does not let devices of this product in by this transport.</source>
        <translation>云平台不允许此产品的设备用这种传输方式接入。</translation>
    </message>
    <message>
        <source>The cloud does not let the unit in with its new credential.</source>
        <translation>云平台不允许产品用新凭证登录。</translation>
    </message>
    <message>
        <source>The cloud has a device of this unit&apos;s name already.</source>
        <translation>云平台中已有同名设备。</translation>
    </message>
    <message>
        <source>The cloud has a device of this unit&apos;s name as another product.</source>
        <translation>云平台中有同名设备，但属于另一种产品。</translation>
    </message>
    <message>
        <source>The cloud has a fault of its own.</source>
        <translation>云平台自身发生故障。</translation>
    </message>
    <message>
        <source>The cloud has provisioned this unit before.</source>
        <translation>云平台以前预配过此产品。</translation>
    </message>
    <message>
        <source>The cloud holds as many orders for this unit as it can.</source>
        <translation>此产品在云平台中等待的指令已达上限。</translation>
    </message>
    <message>
        <source>The cloud knows no product with this provision key and secret.</source>
        <translation>云平台中没有使用此预配密钥和密文的产品。</translation>
    </message>
    <message>
        <source>The cloud provisions this product in another way than the recipe says.</source>
        <translation>云平台对此产品的预配方式与配方不同。</translation>
    </message>
    <message>
        <source>The cloud refused the request.</source>
        <translation>云平台拒绝了请求。</translation>
    </message>
    <message>
        <source>The cloud refused to provision this unit, and does not say why.</source>
        <translation>云平台拒绝预配此产品，且没有说明原因。</translation>
    </message>
    <message>
        <source>The cloud still lets the unit in with what it had.</source>
        <translation>云平台仍允许产品用原有凭证登录。</translation>
    </message>
    <message>
        <source>The cloud&apos;s certificate can&apos;t be verified.</source>
        <translation>无法验证云平台的证书。</translation>
    </message>
    <message>
        <source>The debug probe for this slot is not there.</source>
        <translation>此工位的调试器不存在。</translation>
    </message>
    <message>
        <source>The disk is full: nothing can be recorded.</source>
        <translation>磁盘已满：无法记录。</translation>
    </message>
    <message>
        <source>The factory&apos;s lists have no such code.</source>
        <translation>工厂的列表中没有此代码。</translation>
    </message>
    <message>
        <source>The file has a mistake.</source>
        <translation>文件有错误。</translation>
    </message>
    <message>
        <source>The firmware of the board&apos;s Wi-Fi module is older than its cloud takes.</source>
        <translation>电路板 Wi-Fi 模块的固件比云平台要求的旧。</translation>
    </message>
    <message>
        <source>The image to be flashed is not here and can&apos;t be fetched.</source>
        <translation>要烧录的固件不在本机，也无法下载。</translation>
    </message>
    <message>
        <source>The image to be flashed is not the one that it should be.</source>
        <translation>要烧录的固件不是应有的那个。</translation>
    </message>
    <message>
        <source>The label of this unit belongs to another recipe.</source>
        <translation>此产品的标签属于另一个配方。</translation>
    </message>
    <message>
        <source>The label printer does not answer.</source>
        <translation>标签打印机没有应答。</translation>
    </message>
    <message>
        <source>The label printer does not say how it is, as it did before.</source>
        <translation>标签打印机不再报告状态。</translation>
    </message>
    <message>
        <source>The label printer is out of labels.</source>
        <translation>标签打印机缺标签。</translation>
    </message>
    <message>
        <source>The label printer is paused.</source>
        <translation>标签打印机已暂停。</translation>
    </message>
    <message>
        <source>The label printer takes no more work for the moment.</source>
        <translation>标签打印机暂时不能接收新任务。</translation>
    </message>
    <message>
        <source>The label printer&apos;s head is open.</source>
        <translation>标签打印机的打印头没有合上。</translation>
    </message>
    <message>
        <source>The label printer&apos;s head is too hot or too cold.</source>
        <translation>标签打印机的打印头过热或过冷。</translation>
    </message>
    <message>
        <source>The label printer&apos;s ribbon has run out.</source>
        <translation>标签打印机的色带用完了。</translation>
    </message>
    <message>
        <source>The label that was printed can&apos;t be read.</source>
        <translation>打印的标签无法读取。</translation>
    </message>
    <message>
        <source>The label that was scanned is not the label of this unit.</source>
        <translation>扫描的标签不是此产品的标签。</translation>
    </message>
    <message>
        <source>The label&apos;s template has a mistake.</source>
        <translation>标签模板有错误。</translation>
    </message>
    <message>
        <source>The name or the PIN is wrong.</source>
        <translation>姓名或 PIN 不正确。</translation>
    </message>
    <message>
        <source>The network that the recipe names is not set up on this station.</source>
        <translation>配方指定的网络没有在此工站上设置。</translation>
    </message>
    <message>
        <source>The port is not there.</source>
        <translation>端口不存在。</translation>
    </message>
    <message>
        <source>The printer does not take this label.</source>
        <translation>打印机不接受此标签。</translation>
    </message>
    <message>
        <source>The program that flashes this board is not installed.</source>
        <translation>烧录此电路板的程序没有安装。</translation>
    </message>
    <message>
        <source>The recipe has a mistake.</source>
        <translation>配方有错误。</translation>
    </message>
    <message>
        <source>The recipe has no such rework.</source>
        <translation>配方中没有这种返修操作。</translation>
    </message>
    <message>
        <source>The record can&apos;t be written.</source>
        <translation>无法写入记录。</translation>
    </message>
    <message>
        <source>The record has no such unit.</source>
        <translation>记录中没有此产品。</translation>
    </message>
    <message>
        <source>The record knows this unit already.</source>
        <translation>记录中已有此产品。</translation>
    </message>
    <message>
        <source>The record was written by a newer version of the station.</source>
        <translation>记录由更新版本的工站写成。</translation>
    </message>
    <message>
        <source>The scanner on the serial port is not there.</source>
        <translation>串口上的扫描枪不存在。</translation>
    </message>
    <message>
        <source>The station does not know this work order.</source>
        <translation>工站不认识此工单。</translation>
    </message>
    <message>
        <source>The station made a mistake of its own.</source>
        <translation>工站自身出错。</translation>
    </message>
    <message>
        <source>The station stopped in the middle of this run.</source>
        <translation>工站在此次运行中途停止了。</translation>
    </message>
    <message>
        <source>The station works on as many boards by Bluetooth as it can.</source>
        <translation>工站的蓝牙工位已全部占用。</translation>
    </message>
    <message>
        <source>The station&apos;s folder can&apos;t be written.</source>
        <translation>无法写入工站的文件夹。</translation>
    </message>
    <message>
        <source>The station&apos;s key is not allowed to do this.</source>
        <translation>工站的密钥无权执行此操作。</translation>
    </message>
    <message>
        <source>The station&apos;s own certificate authority is not to be had.</source>
        <translation>工站自己的证书颁发机构不可用。</translation>
    </message>
    <message>
        <source>The station&apos;s settings have a mistake.</source>
        <translation>工站设置有错误。</translation>
    </message>
    <message>
        <source>The unit did not come to its cloud by itself.</source>
        <translation>产品没有自己连上云平台。</translation>
    </message>
    <message>
        <source>The unit still holds credentials after they were erased.</source>
        <translation>擦除后产品中仍有凭证。</translation>
    </message>
    <message>
        <source>The unit was claimed but never came online.</source>
        <translation>产品已认领，但一直没有上线。</translation>
    </message>
    <message>
        <source>There is no reason given.</source>
        <translation>没有说明原因。</translation>
    </message>
    <message>
        <source>There is no such printer on this computer.</source>
        <translation>本机上没有此打印机。</translation>
    </message>
    <message>
        <source>There is no such slot.</source>
        <translation>没有此工位。</translation>
    </message>
    <message>
        <source>There is such a pool of serial numbers already.</source>
        <translation>已有同名的序列号池。</translation>
    </message>
    <message>
        <source>There were too many wrong tries.</source>
        <translation>错误次数过多。</translation>
    </message>
    <message>
        <source>This badge is nobody&apos;s here.</source>
        <translation>此工牌在这里不属于任何人。</translation>
    </message>
    <message>
        <source>This badge is somebody else&apos;s.</source>
        <translation>此工牌是别人的。</translation>
    </message>
    <message>
        <source>This board can&apos;t be claimed by its cloud.</source>
        <translation>此电路板不能被云平台认领。</translation>
    </message>
    <message>
        <source>This board can&apos;t be told to ask its cloud.</source>
        <translation>无法指令此电路板向云平台请求。</translation>
    </message>
    <message>
        <source>This board is not the product of this work order.</source>
        <translation>此电路板不是本工单的产品。</translation>
    </message>
    <message>
        <source>This can&apos;t be a PIN: it takes 4 to 12 digits, and not such as 1111 or 1234.</source>
        <translation>不能用作 PIN：须为 4 到 12 位数字，且不能是 1111 或 1234 这样的。</translation>
    </message>
    <message>
        <source>This computer has no Bluetooth that the station can use.</source>
        <translation>本机没有工站可用的蓝牙。</translation>
    </message>
    <message>
        <source>This computer&apos;s Bluetooth is switched off.</source>
        <translation>本机的蓝牙已关闭。</translation>
    </message>
    <message>
        <source>This computer&apos;s clock is wrong.</source>
        <translation>本机时钟不正确。</translation>
    </message>
    <message>
        <source>This computer&apos;s keystore fails when it is asked for a key.</source>
        <translation>向本机密钥库读取密钥时失败。</translation>
    </message>
    <message>
        <source>This computer&apos;s keystore would keep secrets in plain text.</source>
        <translation>本机密钥库会以明文保存密钥。</translation>
    </message>
    <message>
        <source>This does not read as a badge at this station.</source>
        <translation>在本工站无法识别为工牌。</translation>
    </message>
    <message>
        <source>This failure is none that may be skipped.</source>
        <translation>此失败不允许跳过。</translation>
    </message>
    <message>
        <source>This goes against the rule: a second person has to approve it.</source>
        <translation>这不符合规定：须由第二个人批准。</translation>
    </message>
    <message>
        <source>This is the last engineer of this station.</source>
        <translation>这是本工站最后一名工程师。</translation>
    </message>
    <message>
        <source>This needs an engineer&apos;s key to the cloud, and the recipe names none.</source>
        <translation>此操作需要工程师的云平台密钥，而配方中没有指定。</translation>
    </message>
    <message>
        <source>This socket was taught already, for another slot.</source>
        <translation>此接口已示教给另一个工位。</translation>
    </message>
    <message>
        <source>This step took too long.</source>
        <translation>此步骤用时过长。</translation>
    </message>
    <message>
        <source>This unit already belongs to another team in the cloud.</source>
        <translation>此产品在云平台中已属于另一个团队。</translation>
    </message>
    <message>
        <source>This unit is in rework already.</source>
        <translation>此产品已在返修中。</translation>
    </message>
    <message>
        <source>This unit is not in rework.</source>
        <translation>此产品不在返修中。</translation>
    </message>
    <message>
        <source>This unit is not on the cloud&apos;s list of units to come.</source>
        <translation>此产品不在云平台的待登记名单中。</translation>
    </message>
    <message>
        <source>This unit was never given a label here.</source>
        <translation>此产品在这里从未打印过标签。</translation>
    </message>
    <message>
        <source>This unit was reworked as often as the factory allows.</source>
        <translation>此产品的返修次数已达工厂规定的上限。</translation>
    </message>
    <message>
        <source>This unit was scrapped: nothing is done to it any more.</source>
        <translation>此产品已报废：不再对它做任何操作。</translation>
    </message>
    <message>
        <source>This user may not open the port.</source>
        <translation>该用户无权打开端口。</translation>
    </message>
    <message>
        <source>This user may not print on this printer.</source>
        <translation>该用户无权使用此打印机。</translation>
    </message>
    <message>
        <source>Try again. An engineer gives a new PIN to whoever has forgotten theirs.</source>
        <translation>请再试一次。忘记 PIN 的人由工程师给新的 PIN。</translation>
    </message>
    <message>
        <source>Type your PIN.</source>
        <translation>请输入 PIN。</translation>
    </message>
    <message>
        <source>Type your name or scan your badge.</source>
        <translation>请输入姓名或扫描工牌。</translation>
    </message>
    <message>
        <source>Use a recipe that flashes it, over the USB cable.</source>
        <translation>请使用通过 USB 电缆烧录的配方。</translation>
    </message>
    <message>
        <source>Wait a minute, then retry.</source>
        <translation>请等一分钟，然后重试。</translation>
    </message>
    <message>
        <source>Wait a minute, then retry. Tell an engineer if it goes on.</source>
        <translation>请等一分钟，然后重试。如果一直这样，请通知工程师。</translation>
    </message>
    <message>
        <source>Wait for as long as the detail says, then try again.</source>
        <translation>请按详细信息所示的时间等待，然后再试。</translation>
    </message>
    <message>
        <source>Wait ten seconds and retry. An engineer installs the station&apos;s udev rule to end this.</source>
        <translation>请等十秒后重试。工程师安装工站的 udev 规则后即可避免。</translation>
    </message>
    <message>
        <source>Wait until it has printed what it holds, then retry.</source>
        <translation>等打印机打完现有任务，然后重试。</translation>
    </message>
    <message>
        <source>Wait until it is done, or stop it: Esc.</source>
        <translation>请等待完成，或停止：Esc。</translation>
    </message>
    <message>
        <source>Wait until one of them is done, then scan this label again.</source>
        <translation>等其中一块完成后，再次扫描此标签。</translation>
    </message>
    <message>
        <source>Wait until the printer is ready again, then retry.</source>
        <translation>等打印机恢复就绪，然后重试。</translation>
    </message>
    <message>
        <source>What this unit has to say does not fit on its label.</source>
        <translation>此产品的内容在标签上放不下。</translation>
    </message>
    <message>
        <source>What was kept sealed can&apos;t be opened with this station&apos;s key.</source>
        <translation>封存的内容无法用此工站的密钥打开。</translation>
    </message>
    <message>
        <source>Whoever asks for this may not do it.</source>
        <translation>申请人无权这样做。</translation>
    </message>
    <message>
        <source>Without a badge or a PIN nobody can sign in.</source>
        <translation>没有工牌或 PIN 不能登录。</translation>
    </message>
</context>
<context>
    <name>Gestures</name>
    <message>
        <source>Take it off a Portenta Machine Control first: on one it does nothing.</source>
        <translation>请先从 Portenta Machine Control 上取下：装在上面时无效。</translation>
    </message>
</context>
<context>
    <name>Lists</name>
    <message>
        <source>Another fault</source>
        <translation>其他故障</translation>
    </message>
    <message>
        <source>Another reason</source>
        <translation>其他原因</translation>
    </message>
    <message>
        <source>Credentials renewed</source>
        <translation>已更新凭证</translation>
    </message>
    <message>
        <source>Credentials wrong or missing</source>
        <translation>凭证错误或缺失</translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>损坏</translation>
    </message>
    <message>
        <source>Damaged on its way</source>
        <translation>运输途中损坏</translation>
    </message>
    <message>
        <source>Does not reach its cloud</source>
        <translation>连不上云平台</translation>
    </message>
    <message>
        <source>Does not reach its network</source>
        <translation>连不上网络</translation>
    </message>
    <message>
        <source>Does not start</source>
        <translation>不能启动</translation>
    </message>
    <message>
        <source>Failed in a later test</source>
        <translation>后续测试中失败</translation>
    </message>
    <message>
        <source>Failed on the line</source>
        <translation>产线上失败</translation>
    </message>
    <message>
        <source>Firmware wrong or broken</source>
        <translation>固件错误或损坏</translation>
    </message>
    <message>
        <source>Label replaced</source>
        <translation>已更换标签</translation>
    </message>
    <message>
        <source>Label wrong or missing</source>
        <translation>标签错误或缺失</translation>
    </message>
    <message>
        <source>Network changed</source>
        <translation>已更改网络</translation>
    </message>
    <message>
        <source>No fault found</source>
        <translation>未发现故障</translation>
    </message>
    <message>
        <source>Nothing was needed</source>
        <translation>无需处理</translation>
    </message>
    <message>
        <source>Part replaced</source>
        <translation>已更换部件</translation>
    </message>
    <message>
        <source>Provisioned again</source>
        <translation>已再次预配</translation>
    </message>
    <message>
        <source>Recalled, or due for an update</source>
        <translation>召回，或需要更新</translation>
    </message>
    <message>
        <source>Reflashed</source>
        <translation>已重新烧录</translation>
    </message>
    <message>
        <source>Returned by a customer</source>
        <translation>客户退回</translation>
    </message>
    <message>
        <source>Soldered or cleaned</source>
        <translation>已补焊或清洁</translation>
    </message>
    <message>
        <source>Something else</source>
        <translation>其他</translation>
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
        <translation>Arduino Cloud，LoRaWAN</translation>
    </message>
    <message>
        <source>Arduino Cloud, secret key</source>
        <translation>Arduino Cloud，设备密钥</translation>
    </message>
    <message>
        <source>Change network</source>
        <translation>更改网络</translation>
    </message>
    <message>
        <source>Claim</source>
        <translation>认领</translation>
    </message>
    <message>
        <source>Claim and wake</source>
        <translation>认领并唤醒</translation>
    </message>
    <message>
        <source>Claim with own authority</source>
        <translation>认领，使用自有证书机构</translation>
    </message>
    <message>
        <source>Delete network</source>
        <translation>删除网络</translation>
    </message>
    <message>
        <source>Gather</source>
        <translation>收集</translation>
    </message>
    <message>
        <source>Migrate to 2.0</source>
        <translation>迁移到 2.0</translation>
    </message>
    <message>
        <source>Prepare for 2.0</source>
        <translation>为 2.0 做准备</translation>
    </message>
    <message>
        <source>Provision</source>
        <translation>预配</translation>
    </message>
    <message>
        <source>Provision again</source>
        <translation>再次预配</translation>
    </message>
    <message>
        <source>Provision itself</source>
        <translation>由产品自己预配</translation>
    </message>
    <message>
        <source>Provision with its own key</source>
        <translation>用产品自己的密钥预配</translation>
    </message>
    <message>
        <source>Read identity</source>
        <translation>读取身份</translation>
    </message>
    <message>
        <source>Reflash</source>
        <translation>重新烧录</translation>
    </message>
    <message>
        <source>Renew credentials</source>
        <translation>更新凭证</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>收回</translation>
    </message>
    <message>
        <source>Unclaim</source>
        <translation>取消认领</translation>
    </message>
    <message>
        <source>Write credentials</source>
        <translation>写入凭证</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>1 unit</source>
        <translation>1 件</translation>
    </message>
    <message>
        <source>A board is in.</source>
        <translation>已放入电路板。</translation>
    </message>
    <message>
        <source>A board is picked.</source>
        <translation>已选中电路板。</translation>
    </message>
    <message>
        <source>A board sits in {slot}. It is checked before it is changed.</source>
        <translation>{slot} 上有一块电路板。更改前会先核对。</translation>
    </message>
    <message>
        <source>A cloud still holds it: give it back before it is scrapped.</source>
        <translation>云平台仍保留它：报废前请先交还。</translation>
    </message>
    <message>
        <source>A hand is wanted: {slots}</source>
        <translation>需要手动操作：{slots}</translation>
    </message>
    <message>
        <source>A known fault of this lot, accepted</source>
        <translation>此批次的已知缺陷，已接受</translation>
    </message>
    <message>
        <source>A note on {unit}</source>
        <translation>{unit} 的备注</translation>
    </message>
    <message>
        <source>ASKING AGAIN</source>
        <translation>正在确认</translation>
    </message>
    <message>
        <source>Also without a board</source>
        <translation>没有电路板也可以</translation>
    </message>
    <message>
        <source>An engineer adds one to the product&apos;s recipe.</source>
        <translation>请工程师在产品配方中添加。</translation>
    </message>
    <message>
        <source>An engineer mends this.</source>
        <translation>由工程师解决。</translation>
    </message>
    <message>
        <source>An engineer shows a badge, or gives name and PIN.</source>
        <translation>由工程师出示工牌，或输入姓名和 PIN。</translation>
    </message>
    <message>
        <source>Answer yes or no</source>
        <translation>请回答是或否</translation>
    </message>
    <message>
        <source>Any</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>批准</translation>
    </message>
    <message>
        <source>As far as the cloud tells: {stage}</source>
        <translation>据云平台所知：{stage}</translation>
    </message>
    <message>
        <source>Ask the cloud</source>
        <translation>询问云平台</translation>
    </message>
    <message>
        <source>Asking for {text} …</source>
        <translation>正在请求 {text} …</translation>
    </message>
    <message>
        <source>At any time</source>
        <translation>任何时间</translation>
    </message>
    <message>
        <source>Back to the list</source>
        <translation>返回列表</translation>
    </message>
    <message>
        <source>Back to: {what}</source>
        <translation>返回：{what}</translation>
    </message>
    <message>
        <source>Bad today</source>
        <translation>今日不良</translation>
    </message>
    <message>
        <source>Badge</source>
        <translation>工牌</translation>
    </message>
    <message>
        <source>Badge read</source>
        <translation>已读取工牌</translation>
    </message>
    <message>
        <source>Badge read. Now choose a reason, or type one.</source>
        <translation>已读取工牌。请选择原因，或输入一个。</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Bench</source>
        <translation>返修台</translation>
    </message>
    <message>
        <source>Bluetooth</source>
        <translation>蓝牙</translation>
    </message>
    <message>
        <source>Bring the sketch up to date</source>
        <translation>更新程序</translation>
    </message>
    <message>
        <source>CSV for spreadsheets</source>
        <translation>CSV，用于电子表格</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Carries out what an engineer has written for this product.</source>
        <translation>执行工程师为此产品编写的操作。</translation>
    </message>
    <message>
        <source>Cases so far: {count}</source>
        <translation>至今返修单：{count}</translation>
    </message>
    <message>
        <source>Cases: {count} of {limit}</source>
        <translation>返修单：{count} / {limit}</translation>
    </message>
    <message>
        <source>Change its network</source>
        <translation>更改网络</translation>
    </message>
    <message>
        <source>Check the unit again</source>
        <translation>再次检查产品</translation>
    </message>
    <message>
        <source>Check what you scanned, or take the unit into the record.</source>
        <translation>请检查扫描的内容，或把产品录入记录。</translation>
    </message>
    <message>
        <source>Checked by hand and found good</source>
        <translation>已手工检查，确认良好</translation>
    </message>
    <message>
        <source>Checking …</source>
        <translation>正在检查 …</translation>
    </message>
    <message>
        <source>Choose a reason, or type one.</source>
        <translation>请选择原因，或输入一个。</translation>
    </message>
    <message>
        <source>Choose a recipe.</source>
        <translation>请选择配方。</translation>
    </message>
    <message>
        <source>Choose a work order or a recipe.</source>
        <translation>请选择工单或配方。</translation>
    </message>
    <message>
        <source>Choose above in which slot it sits.</source>
        <translation>请在上方选择它所在的工位。</translation>
    </message>
    <message>
        <source>Choose one on the left, or scan a label.</source>
        <translation>请在左侧选择，或扫描标签。</translation>
    </message>
    <message>
        <source>Choose one with the arrows, then press Enter.</source>
        <translation>用方向键选择，然后按 Enter。</translation>
    </message>
    <message>
        <source>Chosen days</source>
        <translation>所选日期</translation>
    </message>
    <message>
        <source>Claim</source>
        <translation>认领</translation>
    </message>
    <message>
        <source>Claim and wake</source>
        <translation>认领并唤醒</translation>
    </message>
    <message>
        <source>Claim it</source>
        <translation>认领</translation>
    </message>
    <message>
        <source>Claim released: {device}</source>
        <translation>已取消认领：{device}</translation>
    </message>
    <message>
        <source>Claim, certificates of our own</source>
        <translation>认领，使用自有证书</translation>
    </message>
    <message>
        <source>Claimed: {device}</source>
        <translation>已认领：{device}</translation>
    </message>
    <message>
        <source>Clear filters</source>
        <translation>清除筛选</translation>
    </message>
    <message>
        <source>Clear its old settings</source>
        <translation>清除旧设置</translation>
    </message>
    <message>
        <source>Close the station?</source>
        <translation>要关闭工站吗？</translation>
    </message>
    <message>
        <source>Closing. The station finishes writing its record …</source>
        <translation>正在关闭。工站正在写完记录 …</translation>
    </message>
    <message>
        <source>Cloud</source>
        <translation>云平台</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Confirm it is free</source>
        <translation>确认已释放</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>Copy its numbers</source>
        <translation>复制编号</translation>
    </message>
    <message>
        <source>Create it in the cloud</source>
        <translation>在云平台中创建</translation>
    </message>
    <message>
        <source>Credentials erased</source>
        <translation>凭证已擦除</translation>
    </message>
    <message>
        <source>Credentials made here</source>
        <translation>在本地生成凭证</translation>
    </message>
    <message>
        <source>Damaged beyond repair</source>
        <translation>损坏严重，无法修复</translation>
    </message>
    <message>
        <source>Delete it in the cloud</source>
        <translation>从云平台中删除</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Did its label come out? Scan it</source>
        <translation>标签打出来了吗？请扫描</translation>
    </message>
    <message>
        <source>Do it anew …</source>
        <translation>重新执行 …</translation>
    </message>
    <message>
        <source>Do once more what was done last</source>
        <translation>再做一次上次的操作</translation>
    </message>
    <message>
        <source>Does all that a new unit is given, as far as it is missing.</source>
        <translation>补做新产品应做而尚未完成的全部操作。</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Earlier reworks were no fault of the unit</source>
        <translation>以前的返修不是产品的问题</translation>
    </message>
    <message>
        <source>Erase its credentials</source>
        <translation>擦除凭证</translation>
    </message>
    <message>
        <source>Erase the last digit</source>
        <translation>删除最后一位</translation>
    </message>
    <message>
        <source>Every recipe has a mistake. An engineer corrects the named line.</source>
        <translation>所有配方都有错误。请工程师改正指出的那一行。</translation>
    </message>
    <message>
        <source>Export CSV</source>
        <translation>导出 CSV</translation>
    </message>
    <message>
        <source>Export JSON</source>
        <translation>导出 JSON</translation>
    </message>
    <message>
        <source>FAIL</source>
        <translation>不合格</translation>
    </message>
    <message>
        <source>Fault code</source>
        <translation>故障代码</translation>
    </message>
    <message>
        <source>Fill in all three.</source>
        <translation>请填写全部三项。</translation>
    </message>
    <message>
        <source>Filters</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Filters ({count})</source>
        <translation>筛选（{count}）</translation>
    </message>
    <message>
        <source>Find a unit</source>
        <translation>查找产品</translation>
    </message>
    <message>
        <source>Find another unit, or just scan it</source>
        <translation>查找另一件产品，或直接扫描</translation>
    </message>
    <message>
        <source>Finish it</source>
        <translation>收尾</translation>
    </message>
    <message>
        <source>First day</source>
        <translation>开始日期</translation>
    </message>
    <message>
        <source>First pass</source>
        <translation>直通率</translation>
    </message>
    <message>
        <source>First scan the label of {slot}.</source>
        <translation>请先扫描{slot} 的标签。</translation>
    </message>
    <message>
        <source>First seen {first}, last seen {last}</source>
        <translation>首次出现 {first}，最近一次 {last}</translation>
    </message>
    <message>
        <source>Flash again</source>
        <translation>重新烧录</translation>
    </message>
    <message>
        <source>Flashed: {of}</source>
        <translation>已烧录：{of}</translation>
    </message>
    <message>
        <source>Flashing: {share} – {of}</source>
        <translation>烧录中：{share} – {of}</translation>
    </message>
    <message>
        <source>Flashing: {share} – {of}, {left}</source>
        <translation>烧录中：{share} – {of}，{left}</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>Gather for later</source>
        <translation>收集，稍后处理</translation>
    </message>
    <message>
        <source>Get its certificate</source>
        <translation>获取证书</translation>
    </message>
    <message>
        <source>Gives it back: the cloud no longer holds it for us.</source>
        <translation>交还：云平台不再为我们保留它。</translation>
    </message>
    <message>
        <source>Gives it new credentials in place of the old ones.</source>
        <translation>用新凭证替换旧凭证。</translation>
    </message>
    <message>
        <source>Go on working</source>
        <translation>继续工作</translation>
    </message>
    <message>
        <source>Go to another page</source>
        <translation>转到另一页</translation>
    </message>
    <message>
        <source>Good today</source>
        <translation>今日良品</translation>
    </message>
    <message>
        <source>Help  F1</source>
        <translation>帮助  F1</translation>
    </message>
    <message>
        <source>Hide {count} steps</source>
        <translation>隐藏 {count} 个步骤</translation>
    </message>
    <message>
        <source>Hold {button} until {light} goes off</source>
        <translation>按住 {button}，直到 {light} 熄灭</translation>
    </message>
    <message>
        <source>How many units (may stay empty)</source>
        <translation>多少件（可不填）</translation>
    </message>
    <message>
        <source>In a few words</source>
        <translation>简要说明</translation>
    </message>
    <message>
        <source>In rework</source>
        <translation>返修中</translation>
    </message>
    <message>
        <source>In the slots</source>
        <translation>在工位上</translation>
    </message>
    <message>
        <source>It begins in a moment …</source>
        <translation>马上开始 …</translation>
    </message>
    <message>
        <source>It begins in a moment.</source>
        <translation>马上开始。</translation>
    </message>
    <message>
        <source>It can&apos;t be read: scan NO, or press N.</source>
        <translation>无法读取：扫描“否”，或按 N。</translation>
    </message>
    <message>
        <source>It did not say who it is</source>
        <translation>它没有报告身份</translation>
    </message>
    <message>
        <source>It failed again after rework</source>
        <translation>返修后再次失败</translation>
    </message>
    <message>
        <source>It failed before it was asked. Its run stands in the list.</source>
        <translation>尚未询问就失败了。其运行记录在列表中。</translation>
    </message>
    <message>
        <source>It is known now: the deed was done.</source>
        <translation>现已确认：操作已完成。</translation>
    </message>
    <message>
        <source>It is known now: the deed was not done.</source>
        <translation>现已确认：操作没有完成。</translation>
    </message>
    <message>
        <source>It is scrapped: nothing is done to it any more.</source>
        <translation>已报废：不再对它做任何操作。</translation>
    </message>
    <message>
        <source>It should have been online by {when}, and was not.</source>
        <translation>应在 {when} 之前上线，但没有上线。</translation>
    </message>
    <message>
        <source>It sits in {slot}.</source>
        <translation>它在 {slot}。</translation>
    </message>
    <message>
        <source>It waits to be sent to the cloud.</source>
        <translation>等待发送到云平台。</translation>
    </message>
    <message>
        <source>It waits until the station can work again.</source>
        <translation>等待工站恢复工作。</translation>
    </message>
    <message>
        <source>It was provisioned for the wrong account</source>
        <translation>曾预配到错误的账户</translation>
    </message>
    <message>
        <source>Its label, or any number of it. Or plug it into a slot.</source>
        <translation>扫描标签，或输入任一编号。也可以插入工位。</translation>
    </message>
    <message>
        <source>Its proof waits to be sent to the cloud.</source>
        <translation>其证明等待发送到云平台。</translation>
    </message>
    <message>
        <source>JSON, a line for each unit</source>
        <translation>JSON，每件产品一行</translation>
    </message>
    <message>
        <source>Join pin {pin} to {to} until {light} goes off</source>
        <translation>连接引脚 {pin} 与 {to}，直到 {light} 熄灭</translation>
    </message>
    <message>
        <source>Join the network</source>
        <translation>加入网络</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Kind of board</source>
        <translation>电路板类型</translation>
    </message>
    <message>
        <source>Label not printed</source>
        <translation>标签未打印</translation>
    </message>
    <message>
        <source>Label printed</source>
        <translation>标签已打印</translation>
    </message>
    <message>
        <source>Label printed again</source>
        <translation>标签已再次打印</translation>
    </message>
    <message>
        <source>Label: nobody knows whether it was printed</source>
        <translation>标签：无法确定是否已打印</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>结束日期</translation>
    </message>
    <message>
        <source>Last scan: {code}</source>
        <translation>上次扫描：{code}</translation>
    </message>
    <message>
        <source>Last units</source>
        <translation>最近的产品</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Leave it as it is</source>
        <translation>保持原样</translation>
    </message>
    <message>
        <source>Leave the full screen?</source>
        <translation>要退出全屏吗？</translation>
    </message>
    <message>
        <source>Lets it join another network.</source>
        <translation>让它加入另一个网络。</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>产线</translation>
    </message>
    <message>
        <source>Look at {slots}</source>
        <translation>请查看 {slots}</translation>
    </message>
    <message>
        <source>Look into its flash</source>
        <translation>检查其闪存</translation>
    </message>
    <message>
        <source>Look what it holds</source>
        <translation>检查已有内容</translation>
    </message>
    <message>
        <source>Looking for recipes …</source>
        <translation>正在查找配方 …</translation>
    </message>
    <message>
        <source>Looking …</source>
        <translation>正在查找 …</translation>
    </message>
    <message>
        <source>Make its key</source>
        <translation>生成密钥</translation>
    </message>
    <message>
        <source>Makes it ready for Arduino 2.0.</source>
        <translation>为 Arduino 2.0 做好准备。</translation>
    </message>
    <message>
        <source>Migrate to Arduino 2.0</source>
        <translation>迁移到 Arduino 2.0</translation>
    </message>
    <message>
        <source>Moves it from Arduino 1.0 to 2.0.</source>
        <translation>从 Arduino 1.0 迁移到 2.0。</translation>
    </message>
    <message>
        <source>Network removed</source>
        <translation>网络已删除</translation>
    </message>
    <message>
        <source>Next work order</source>
        <translation>下一工单</translation>
    </message>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
    <message>
        <source>No Chinese font</source>
        <translation>无中文字体</translation>
    </message>
    <message>
        <source>No board is heard. Switch the board on; its light pulses when it is ready.</source>
        <translation>没有收到电路板信号。请打开电路板电源；就绪时指示灯会闪动。</translation>
    </message>
    <message>
        <source>No board is plugged in.</source>
        <translation>没有插入电路板。</translation>
    </message>
    <message>
        <source>No cloud holds it for us.</source>
        <translation>没有云平台为我们保留它。</translation>
    </message>
    <message>
        <source>No code of the list fits this.</source>
        <translation>列表中没有合适的代码。</translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>No recipe can read the board in {slot}. Scan its label.</source>
        <translation>没有配方能读取 {slot} 上的电路板。请扫描其标签。</translation>
    </message>
    <message>
        <source>No recipe has a rework for {kind}</source>
        <translation>没有配方包含 {kind} 的返修操作</translation>
    </message>
    <message>
        <source>No recipe: nothing begins by itself. Units are reworked: Ctrl+2.</source>
        <translation>没有配方：不会自动开始。返修产品：Ctrl+2。</translation>
    </message>
    <message>
        <source>No recipe: returned units, records, settings</source>
        <translation>无配方：退回的产品、记录、设置</translation>
    </message>
    <message>
        <source>No room for more now</source>
        <translation>暂无空位</translation>
    </message>
    <message>
        <source>No slot yet</source>
        <translation>还没有工位</translation>
    </message>
    <message>
        <source>No unit chosen yet</source>
        <translation>还没有选择产品</translation>
    </message>
    <message>
        <source>No unit fits</source>
        <translation>没有符合的产品</translation>
    </message>
    <message>
        <source>Nobody</source>
        <translation>无人</translation>
    </message>
    <message>
        <source>Nobody is signed in</source>
        <translation>没有人登录</translation>
    </message>
    <message>
        <source>Nobody knows yet whether this was done: {deed} at {place}</source>
        <translation>尚不确定是否已完成：{deed}（{place}）</translation>
    </message>
    <message>
        <source>Nobody knows {text}</source>
        <translation>没有找到 {text}</translation>
    </message>
    <message>
        <source>Nobody was named yet: everybody may do everything. An engineer names people with: station people name</source>
        <translation>还没有登记人员：所有人都可以做任何操作。请工程师登记人员：station people name</translation>
    </message>
    <message>
        <source>Not in rework</source>
        <translation>不在返修中</translation>
    </message>
    <message>
        <source>Not worth the repair</source>
        <translation>不值得维修</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Note (may stay empty)</source>
        <translation>备注（可不填）</translation>
    </message>
    <message>
        <source>Nothing begins until the station can work again.</source>
        <translation>工站恢复工作前不会开始。</translation>
    </message>
    <message>
        <source>Nothing begins until this is mended.</source>
        <translation>排除故障前不会开始新产品。</translation>
    </message>
    <message>
        <source>Nothing is done to it any more, for good. A second person approves.</source>
        <translation>将永久停止对它的任何操作。须由第二个人批准。</translation>
    </message>
    <message>
        <source>Nothing is recorded yet</source>
        <translation>还没有任何记录</translation>
    </message>
    <message>
        <source>Nothing new came. That board may be in a slot already.</source>
        <translation>没有新的电路板。它可能已在某个工位上。</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>On the air</source>
        <translation>蓝牙电路板</translation>
    </message>
    <message>
        <source>On the bench since {when}: {reason}</source>
        <translation>自 {when} 起在返修台：{reason}</translation>
    </message>
    <message>
        <source>Once more</source>
        <translation>再来一次</translation>
    </message>
    <message>
        <source>One moment …</source>
        <translation>请稍候 …</translation>
    </message>
    <message>
        <source>Only technicians and engineers may do this.</source>
        <translation>只有技术员和工程师可以这样做。</translation>
    </message>
    <message>
        <source>Open a case</source>
        <translation>开返修单</translation>
    </message>
    <message>
        <source>Open a case first.</source>
        <translation>请先开返修单。</translation>
    </message>
    <message>
        <source>Open a case for {unit}</source>
        <translation>为 {unit} 开返修单</translation>
    </message>
    <message>
        <source>Open a case, or ship the unit again</source>
        <translation>开返修单，或再次出货</translation>
    </message>
    <message>
        <source>Open at the bench</source>
        <translation>在返修台打开</translation>
    </message>
    <message>
        <source>Operator</source>
        <translation>操作员</translation>
    </message>
    <message>
        <source>Or choose it from those that are heard</source>
        <translation>或从收到信号的列表中选择</translation>
    </message>
    <message>
        <source>Or in your own words</source>
        <translation>或用自己的话说明</translation>
    </message>
    <message>
        <source>Ours at {clouds}.</source>
        <translation>在 {clouds} 中属于我们。</translation>
    </message>
    <message>
        <source>Ours at {cloud} as {device}</source>
        <translation>属于我们，在 {cloud} 中为 {device}</translation>
    </message>
    <message>
        <source>Override: a failed check was skipped</source>
        <translation>特批：跳过了失败的检查</translation>
    </message>
    <message>
        <source>Override: label printed again</source>
        <translation>特批：标签再次打印</translation>
    </message>
    <message>
        <source>Override: provisioned again</source>
        <translation>特批：再次预配</translation>
    </message>
    <message>
        <source>Override: rework beyond the limit</source>
        <translation>特批：超出返修次数上限</translation>
    </message>
    <message>
        <source>Override: scrapped</source>
        <translation>特批：报废</translation>
    </message>
    <message>
        <source>PASS</source>
        <translation>合格</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>PIN</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Pick</source>
        <translation>选择</translation>
    </message>
    <message>
        <source>Pick  F6</source>
        <translation>选择  F6</translation>
    </message>
    <message>
        <source>Pick a board on the air: scan its label</source>
        <translation>选择蓝牙电路板：扫描其标签</translation>
    </message>
    <message>
        <source>Pick a board: F6</source>
        <translation>请选择电路板：F6</translation>
    </message>
    <message>
        <source>Plug a board in</source>
        <translation>请插入电路板</translation>
    </message>
    <message>
        <source>Plug a board in here</source>
        <translation>请在此插入电路板</translation>
    </message>
    <message>
        <source>Plug a board in.</source>
        <translation>请插入电路板。</translation>
    </message>
    <message>
        <source>Plug a board in: the socket it sits in becomes the first slot.</source>
        <translation>请插入电路板：它所在的接口就是第一个工位。</translation>
    </message>
    <message>
        <source>Plug a board into {slot}. Esc ends teaching.</source>
        <translation>请把电路板插入{slot}。按 Esc 结束示教。</translation>
    </message>
    <message>
        <source>Plug boards in: {slots}</source>
        <translation>请插入电路板：{slots}</translation>
    </message>
    <message>
        <source>Plug it in to work on it.</source>
        <translation>请插入后再操作。</translation>
    </message>
    <message>
        <source>Plug it in.</source>
        <translation>请插入。</translation>
    </message>
    <message>
        <source>Prepare for Arduino 2.0</source>
        <translation>为 Arduino 2.0 做准备</translation>
    </message>
    <message>
        <source>Prepare its login</source>
        <translation>准备登录凭证</translation>
    </message>
    <message>
        <source>Press F6, then scan the label of a board.</source>
        <translation>按 F6，然后扫描电路板的标签。</translation>
    </message>
    <message>
        <source>Print again</source>
        <translation>再次打印</translation>
    </message>
    <message>
        <source>Print its label</source>
        <translation>打印其标签</translation>
    </message>
    <message>
        <source>Print its label again</source>
        <translation>再次打印其标签</translation>
    </message>
    <message>
        <source>Print the label again (a second person approves)</source>
        <translation>再次打印标签（须由第二个人批准）</translation>
    </message>
    <message>
        <source>Print the label again?</source>
        <translation>要再次打印标签吗？</translation>
    </message>
    <message>
        <source>Print the sheet of command barcodes</source>
        <translation>打印命令条码表</translation>
    </message>
    <message>
        <source>Printer</source>
        <translation>打印机</translation>
    </message>
    <message>
        <source>Prints the same label once more. A second person must approve.</source>
        <translation>再打印一张相同的标签。须由第二个人批准。</translation>
    </message>
    <message>
        <source>Prove it is genuine</source>
        <translation>验证真伪</translation>
    </message>
    <message>
        <source>Provision</source>
        <translation>预配</translation>
    </message>
    <message>
        <source>Provision again?</source>
        <translation>要再次预配吗？</translation>
    </message>
    <message>
        <source>Provision by Arduino 1.0</source>
        <translation>按 Arduino 1.0 预配</translation>
    </message>
    <message>
        <source>Provision by Arduino 2.0</source>
        <translation>按 Arduino 2.0 预配</translation>
    </message>
    <message>
        <source>Provision by device key</source>
        <translation>按设备密钥预配</translation>
    </message>
    <message>
        <source>Provision for LoRaWAN</source>
        <translation>为 LoRaWAN 预配</translation>
    </message>
    <message>
        <source>Provision it</source>
        <translation>预配</translation>
    </message>
    <message>
        <source>Provision, by the unit itself</source>
        <translation>预配，由产品自己完成</translation>
    </message>
    <message>
        <source>Provision, key of its own</source>
        <translation>预配，使用产品自己的密钥</translation>
    </message>
    <message>
        <source>Put into the queue</source>
        <translation>放入队列</translation>
    </message>
    <message>
        <source>Put it aside.</source>
        <translation>请放到一边。</translation>
    </message>
    <message>
        <source>Put the unit aside</source>
        <translation>请把产品放到一边</translation>
    </message>
    <message>
        <source>Puts a few lines into its life.</source>
        <translation>在其履历中写几行。</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>RETRY</source>
        <translation>请重试</translation>
    </message>
    <message>
        <source>Radio on</source>
        <translation>打开无线</translation>
    </message>
    <message>
        <source>Read its radio address</source>
        <translation>读取无线地址</translation>
    </message>
    <message>
        <source>Read the board</source>
        <translation>读取电路板</translation>
    </message>
    <message>
        <source>Read who it is</source>
        <translation>读取身份</translation>
    </message>
    <message>
        <source>Reading its life …</source>
        <translation>正在读取履历 …</translation>
    </message>
    <message>
        <source>Reads who the unit is. Changes nothing.</source>
        <translation>读取产品身份。不做任何更改。</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>配方</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>Records</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>Register it</source>
        <translation>登记</translation>
    </message>
    <message>
        <source>Release it</source>
        <translation>释放</translation>
    </message>
    <message>
        <source>Remove its network</source>
        <translation>删除其网络</translation>
    </message>
    <message>
        <source>Renew credentials</source>
        <translation>更新凭证</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Retry  F5</source>
        <translation>重试  F5</translation>
    </message>
    <message>
        <source>Retry the selected slot, or the only one in trouble</source>
        <translation>重试选中的工位，或唯一有问题的工位</translation>
    </message>
    <message>
        <source>Retry to finish the unit: F5.</source>
        <translation>请重试以完成此产品：F5。</translation>
    </message>
    <message>
        <source>Rework</source>
        <translation>返修</translation>
    </message>
    <message>
        <source>Rework began: {reason}</source>
        <translation>返修开始：{reason}</translation>
    </message>
    <message>
        <source>Rework beyond the limit?</source>
        <translation>要超出返修次数上限吗？</translation>
    </message>
    <message>
        <source>Rework ended: scrapped</source>
        <translation>返修结束：已报废</translation>
    </message>
    <message>
        <source>Rework ended: shipped again</source>
        <translation>返修结束：再次出货</translation>
    </message>
    <message>
        <source>Rework is for technicians and engineers</source>
        <translation>返修由技术员和工程师进行</translation>
    </message>
    <message>
        <source>Room for {count} more</source>
        <translation>还可处理 {count} 块</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行数</translation>
    </message>
    <message>
        <source>STATION ERROR</source>
        <translation>工站故障</translation>
    </message>
    <message>
        <source>STOPPED</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Say how the fixture looks. Then plug one board in, slot after slot, as the screen asks.</source>
        <translation>请说明治具的布局。然后按屏幕提示，逐个工位插入一块电路板。</translation>
    </message>
    <message>
        <source>Say what was done.</source>
        <translation>请说明做了什么。</translation>
    </message>
    <message>
        <source>Say why it came back.</source>
        <translation>请说明退回原因。</translation>
    </message>
    <message>
        <source>Scan a label, or choose a board with the arrows.</source>
        <translation>请扫描标签，或用方向键选择电路板。</translation>
    </message>
    <message>
        <source>Scan its label</source>
        <translation>请扫描其标签</translation>
    </message>
    <message>
        <source>Scan its label, or type any of its numbers.</source>
        <translation>请扫描标签，或输入任一编号。</translation>
    </message>
    <message>
        <source>Scan its label, or type the last four digits</source>
        <translation>扫描标签，或输入末四位</translation>
    </message>
    <message>
        <source>Scan the label of {slot}.</source>
        <translation>请扫描{slot} 的标签。</translation>
    </message>
    <message>
        <source>Scan the label on this unit</source>
        <translation>请扫描此产品上的标签</translation>
    </message>
    <message>
        <source>Scan the new label</source>
        <translation>请扫描新标签</translation>
    </message>
    <message>
        <source>Scan the new label of {slot}.</source>
        <translation>请扫描{slot} 的新标签。</translation>
    </message>
    <message>
        <source>Scan the unit</source>
        <translation>扫描产品</translation>
    </message>
    <message>
        <source>Scan the unit, or type its serial, IMEI, UUID, MAC or cloud id</source>
        <translation>扫描产品，或输入序列号、IMEI、UUID、MAC 或云平台编号</translation>
    </message>
    <message>
        <source>Scan your badge</source>
        <translation>请扫描工牌</translation>
    </message>
    <message>
        <source>Scanner</source>
        <translation>扫描枪</translation>
    </message>
    <message>
        <source>Scrap it</source>
        <translation>报废</translation>
    </message>
    <message>
        <source>Scrap the unit?</source>
        <translation>要报废此产品吗？</translation>
    </message>
    <message>
        <source>Scrapped</source>
        <translation>已报废</translation>
    </message>
    <message>
        <source>Scrapped on {day}</source>
        <translation>已于 {day} 报废</translation>
    </message>
    <message>
        <source>Scrapped: no run is begun on it any more.</source>
        <translation>已报废：不再对它开始任何运行。</translation>
    </message>
    <message>
        <source>Second person: scan your badge</source>
        <translation>第二个人：请扫描工牌</translation>
    </message>
    <message>
        <source>Seen before: {count}</source>
        <translation>以前来过：{count} 次</translation>
    </message>
    <message>
        <source>Select a slot</source>
        <translation>选择工位</translation>
    </message>
    <message>
        <source>Select the next slot</source>
        <translation>选择相邻工位</translation>
    </message>
    <message>
        <source>Select the slot of the unit whose label you want, then press F9.</source>
        <translation>请选择要打印标签的产品所在工位，然后按 F9。</translation>
    </message>
    <message>
        <source>Select the slot to retry: keys 1 to 9, or arrows.</source>
        <translation>请选择要重试的工位：按键 1 到 9 或方向键。</translation>
    </message>
    <message>
        <source>Send the certificates</source>
        <translation>发送证书</translation>
    </message>
    <message>
        <source>Send the order</source>
        <translation>发送指令</translation>
    </message>
    <message>
        <source>Serial number given: {number}</source>
        <translation>已分配序列号：{number}</translation>
    </message>
    <message>
        <source>Serial number, as the label has it</source>
        <translation>序列号，与标签一致</translation>
    </message>
    <message>
        <source>Several boards are in. Choose above in which slot it sits.</source>
        <translation>插入了多块电路板。请在上方选择所在工位。</translation>
    </message>
    <message>
        <source>Ship again</source>
        <translation>再次出货</translation>
    </message>
    <message>
        <source>Ship {unit} again</source>
        <translation>{unit} 再次出货</translation>
    </message>
    <message>
        <source>Show or hide this help</source>
        <translation>显示或隐藏此帮助</translation>
    </message>
    <message>
        <source>Show {count} steps</source>
        <translation>显示 {count} 个步骤</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Sign in  F2</source>
        <translation>登录  F2</translation>
    </message>
    <message>
        <source>Sign in as one of them: F2 twice.</source>
        <translation>请以其中一种身份登录：按 F2 两次。</translation>
    </message>
    <message>
        <source>Sign in as somebody who may do this: F2.</source>
        <translation>请由有权限的人登录：F2。</translation>
    </message>
    <message>
        <source>Sign in or out</source>
        <translation>登录或退出</translation>
    </message>
    <message>
        <source>Sign in to begin: F2.</source>
        <translation>请登录后开始：F2。</translation>
    </message>
    <message>
        <source>Sign in to begin: press F2.</source>
        <translation>请登录后开始：按 F2。</translation>
    </message>
    <message>
        <source>Sign in to take units up again: F2.</source>
        <translation>请登录后再处理产品：F2。</translation>
    </message>
    <message>
        <source>Sign its certificate</source>
        <translation>签发证书</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>退出登录</translation>
    </message>
    <message>
        <source>Sign out  F2</source>
        <translation>退出  F2</translation>
    </message>
    <message>
        <source>Signing in …</source>
        <translation>正在登录 …</translation>
    </message>
    <message>
        <source>Skip a failed check (a second person approves)</source>
        <translation>跳过失败的检查（须由第二个人批准）</translation>
    </message>
    <message>
        <source>Skip the failed check?</source>
        <translation>要跳过失败的检查吗？</translation>
    </message>
    <message>
        <source>Slot</source>
        <translation>工位</translation>
    </message>
    <message>
        <source>Slot {name}</source>
        <translation>工位 {name}</translation>
    </message>
    <message>
        <source>Slot {number}</source>
        <translation>工位 {number}</translation>
    </message>
    <message>
        <source>Slots in a row</source>
        <translation>每行工位数</translation>
    </message>
    <message>
        <source>Something is being done to it.</source>
        <translation>正在对它进行操作。</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>正在开始</translation>
    </message>
    <message>
        <source>Station</source>
        <translation>工站</translation>
    </message>
    <message>
        <source>Step {at} of {all}</source>
        <translation>第 {at} 步，共 {all} 步</translation>
    </message>
    <message>
        <source>Stick the label on and scan it</source>
        <translation>请贴上标签并扫描</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop  Esc</source>
        <translation>停止  Esc</translation>
    </message>
    <message>
        <source>Stop a run (asks first), or close what is open</source>
        <translation>停止运行（先询问），或关闭打开的窗口</translation>
    </message>
    <message>
        <source>Stop all {count} runs?</source>
        <translation>要停止全部 {count} 个运行吗？</translation>
    </message>
    <message>
        <source>Stop and close</source>
        <translation>停止并关闭</translation>
    </message>
    <message>
        <source>Stop {slot}?</source>
        <translation>要停止 {slot} 吗？</translation>
    </message>
    <message>
        <source>Store its certificate</source>
        <translation>保存证书</translation>
    </message>
    <message>
        <source>TIMEOUT</source>
        <translation>超时</translation>
    </message>
    <message>
        <source>TRAINING – simulated boards and cloud</source>
        <translation>培训模式 – 模拟的电路板和云平台</translation>
    </message>
    <message>
        <source>Take a unit into the record</source>
        <translation>把产品录入记录</translation>
    </message>
    <message>
        <source>Take back and erase</source>
        <translation>收回并擦除</translation>
    </message>
    <message>
        <source>Take it into the record</source>
        <translation>录入记录</translation>
    </message>
    <message>
        <source>Take it out and check that it is the right product.</source>
        <translation>请取出并检查产品是否正确。</translation>
    </message>
    <message>
        <source>Take it out.</source>
        <translation>请取出。</translation>
    </message>
    <message>
        <source>Take out {slots}</source>
        <translation>请取出 {slots}</translation>
    </message>
    <message>
        <source>Take the claim back</source>
        <translation>撤回认领</translation>
    </message>
    <message>
        <source>Taken in from a file</source>
        <translation>由文件导入</translation>
    </message>
    <message>
        <source>Taken into the record by hand</source>
        <translation>手动录入记录</translation>
    </message>
    <message>
        <source>Takes it out for good. A second person must approve.</source>
        <translation>永久停用。须由第二个人批准。</translation>
    </message>
    <message>
        <source>Takes its credentials and its network off, with proof.</source>
        <translation>清除其凭证和网络，并留下证明。</translation>
    </message>
    <message>
        <source>Takes its network off. It can&apos;t connect any more.</source>
        <translation>删除其网络。此后无法连接。</translation>
    </message>
    <message>
        <source>Takes something away</source>
        <translation>会清除内容</translation>
    </message>
    <message>
        <source>Takes the claim back and erases its credentials.</source>
        <translation>取消认领并擦除凭证。</translation>
    </message>
    <message>
        <source>Teach the slots</source>
        <translation>示教工位</translation>
    </message>
    <message>
        <source>Teach the slots (an engineer, without a recipe)</source>
        <translation>示教工位（工程师，不选配方）</translation>
    </message>
    <message>
        <source>That could not be done. Try again.</source>
        <translation>没有做成。请再试一次。</translation>
    </message>
    <message>
        <source>That could not be read as its label. Scan it again.</source>
        <translation>没有读出它的标签。请再扫一次。</translation>
    </message>
    <message>
        <source>The board is gone. Plug it in again, firmly.</source>
        <translation>电路板已拔出。请重新插好。</translation>
    </message>
    <message>
        <source>The board is out of reach. Bring it nearer.</source>
        <translation>电路板超出范围。请拿近一些。</translation>
    </message>
    <message>
        <source>The cloud has lost the device</source>
        <translation>云平台丢失了该设备</translation>
    </message>
    <message>
        <source>The cloud refused it, and took it later.</source>
        <translation>云平台曾拒绝，后来接受了。</translation>
    </message>
    <message>
        <source>The cloud refused it.</source>
        <translation>云平台拒绝了。</translation>
    </message>
    <message>
        <source>The cloud took it.</source>
        <translation>云平台已接受。</translation>
    </message>
    <message>
        <source>The customer wants this very unit back</source>
        <translation>客户要求退回这一件</translation>
    </message>
    <message>
        <source>The file was not written. Choose another folder, or make room there. ({code})</source>
        <translation>文件没有写入。请换一个文件夹，或腾出空间。（{code}）</translation>
    </message>
    <message>
        <source>The first board that is plugged in appears here.</source>
        <translation>第一块插入的电路板会显示在这里。</translation>
    </message>
    <message>
        <source>The fixture or a cable is at fault</source>
        <translation>治具或电缆有问题</translation>
    </message>
    <message>
        <source>The label is damaged</source>
        <translation>标签损坏</translation>
    </message>
    <message>
        <source>The label is lost</source>
        <translation>标签丢失</translation>
    </message>
    <message>
        <source>The label was badly printed</source>
        <translation>标签打印不良</translation>
    </message>
    <message>
        <source>The last 30 days</source>
        <translation>最近 30 天</translation>
    </message>
    <message>
        <source>The last 7 days</source>
        <translation>最近 7 天</translation>
    </message>
    <message>
        <source>The limit is reached: an engineer must approve of the next case.</source>
        <translation>已达上限：下一张返修单须由工程师批准。</translation>
    </message>
    <message>
        <source>The newest {count} units; scroll for more</source>
        <translation>最新的 {count} 件；滚动查看更多</translation>
    </message>
    <message>
        <source>The record can&apos;t be read now. Call an engineer. ({code})</source>
        <translation>现在无法读取记录。请叫工程师。（{code}）</translation>
    </message>
    <message>
        <source>The run ends as stopped. The unit can be retried.</source>
        <translation>此次运行将以停止结束。产品可以重试。</translation>
    </message>
    <message>
        <source>The sheet of commands is being printed.</source>
        <translation>正在打印命令表。</translation>
    </message>
    <message>
        <source>The station does not know this board.</source>
        <translation>工站不认识这块电路板。</translation>
    </message>
    <message>
        <source>The station has stopped. Close this window and start it again.</source>
        <translation>工站已停止。请关闭此窗口并重新启动。</translation>
    </message>
    <message>
        <source>The station is not ready yet.</source>
        <translation>工站还没有就绪。</translation>
    </message>
    <message>
        <source>The station is starting</source>
        <translation>工站正在启动</translation>
    </message>
    <message>
        <source>The station is starting …</source>
        <translation>工站正在启动 …</translation>
    </message>
    <message>
        <source>The unit gets new credentials, though it has some. A second person approves.</source>
        <translation>产品已有凭证，仍将获得新凭证。须由第二个人批准。</translation>
    </message>
    <message>
        <source>The unit may pass though this check failed. A second person approves.</source>
        <translation>此检查失败，但产品仍可通过。须由第二个人批准。</translation>
    </message>
    <message>
        <source>The unit was repaired</source>
        <translation>产品已维修</translation>
    </message>
    <message>
        <source>The unit was reworked as often as the factory allows. An engineer approves.</source>
        <translation>此产品的返修次数已达工厂上限。须由工程师批准。</translation>
    </message>
    <message>
        <source>Then let go.</source>
        <translation>然后松开。</translation>
    </message>
    <message>
        <source>There is no failed check that could be skipped.</source>
        <translation>没有可跳过的失败检查。</translation>
    </message>
    <message>
        <source>There is no recipe yet. An engineer makes one with: station recipe new</source>
        <translation>还没有配方。请工程师创建：station recipe new</translation>
    </message>
    <message>
        <source>There is none: scan NO, or press N.</source>
        <translation>没有打出：扫描“否”，或按 N。</translation>
    </message>
    <message>
        <source>They end as stopped. The units can be retried.</source>
        <translation>这些运行将以停止结束。产品可以重试。</translation>
    </message>
    <message>
        <source>This board never said who it is</source>
        <translation>此电路板从未报告身份</translation>
    </message>
    <message>
        <source>This command barcode is damaged. Print the sheet again.</source>
        <translation>此命令条码已损坏。请重新打印命令表。</translation>
    </message>
    <message>
        <source>This computer has no Chinese letters. An engineer installs a font that has.</source>
        <translation>本机没有中文字体。请工程师安装中文字体。</translation>
    </message>
    <message>
        <source>This line has no Bluetooth: plug boards in.</source>
        <translation>本线没有蓝牙：请插入电路板。</translation>
    </message>
    <message>
        <source>This station has no label printer.</source>
        <translation>此工站没有标签打印机。</translation>
    </message>
    <message>
        <source>This takes something off {unit} that can&apos;t be put back.</source>
        <translation>这会从 {unit} 上清除无法恢复的内容。</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Try its login</source>
        <translation>试用登录凭证</translation>
    </message>
    <message>
        <source>Two labels of one unit must not leave the line. A second person approves.</source>
        <translation>同一产品的两张标签不得流出产线。须由第二个人批准。</translation>
    </message>
    <message>
        <source>Type fewer letters, or clear the filters.</source>
        <translation>请减少输入的字符，或清除筛选。</translation>
    </message>
    <message>
        <source>Type part of any number</source>
        <translation>输入任一编号的一部分</translation>
    </message>
    <message>
        <source>Type your PIN.</source>
        <translation>请输入 PIN。</translation>
    </message>
    <message>
        <source>Type your name.</source>
        <translation>请输入姓名。</translation>
    </message>
    <message>
        <source>Type, or use the arrows</source>
        <translation>输入，或用方向键</translation>
    </message>
    <message>
        <source>UNDER WAY</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>USB</source>
        <translation>USB</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>产品</translation>
    </message>
    <message>
        <source>Units that are done appear here.</source>
        <translation>完成的产品显示在这里。</translation>
    </message>
    <message>
        <source>Units that were found</source>
        <translation>找到的产品</translation>
    </message>
    <message>
        <source>Units that were found, the newest first</source>
        <translation>找到的产品，最新的在前</translation>
    </message>
    <message>
        <source>Wait for its request</source>
        <translation>等待其请求</translation>
    </message>
    <message>
        <source>Wait for the board</source>
        <translation>等待电路板</translation>
    </message>
    <message>
        <source>Wait for the cloud</source>
        <translation>等待云平台</translation>
    </message>
    <message>
        <source>Wake the board</source>
        <translation>唤醒电路板</translation>
    </message>
    <message>
        <source>What befell it, the latest first</source>
        <translation>经历，最近的在前</translation>
    </message>
    <message>
        <source>What can be done</source>
        <translation>可做的操作</translation>
    </message>
    <message>
        <source>What was done</source>
        <translation>做了什么</translation>
    </message>
    <message>
        <source>What was found (may stay empty)</source>
        <translation>发现了什么（可不填）</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Which board is in your hand?</source>
        <translation>你手里是哪块电路板？</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>何人</translation>
    </message>
    <message>
        <source>Who may not work on the line chooses the bench in the list.</source>
        <translation>不能在产线上工作的人请在列表中选择返修台。</translation>
    </message>
    <message>
        <source>Why it came back</source>
        <translation>退回原因</translation>
    </message>
    <message>
        <source>Why nobody knows it</source>
        <translation>为什么没有记录</translation>
    </message>
    <message>
        <source>Work order</source>
        <translation>工单</translation>
    </message>
    <message>
        <source>Work order or recipe</source>
        <translation>工单或配方</translation>
    </message>
    <message>
        <source>Working. Free: {slots}</source>
        <translation>工作中。空闲：{slots}</translation>
    </message>
    <message>
        <source>Working. Nothing to do for you now.</source>
        <translation>工作中。现在无需操作。</translation>
    </message>
    <message>
        <source>Write a note</source>
        <translation>写备注</translation>
    </message>
    <message>
        <source>Write it down</source>
        <translation>写入</translation>
    </message>
    <message>
        <source>Write its firmware</source>
        <translation>写入其固件</translation>
    </message>
    <message>
        <source>Write something first.</source>
        <translation>请先写些内容。</translation>
    </message>
    <message>
        <source>Write to the board</source>
        <translation>写入电路板</translation>
    </message>
    <message>
        <source>Write what is shown to a file</source>
        <translation>把显示的内容写入文件</translation>
    </message>
    <message>
        <source>Writes the recipe&apos;s firmware anew and checks it.</source>
        <translation>重新写入配方规定的固件并校验。</translation>
    </message>
    <message>
        <source>Writing the file …</source>
        <translation>正在写入文件 …</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>Yes, do it</source>
        <translation>是，执行</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>你的姓名</translation>
    </message>
    <message>
        <source>auditor</source>
        <translation>审核员</translation>
    </message>
    <message>
        <source>busy</source>
        <translation>忙</translation>
    </message>
    <message>
        <source>choose a slot</source>
        <translation>请选择工位</translation>
    </message>
    <message>
        <source>claimed</source>
        <translation>已认领</translation>
    </message>
    <message>
        <source>connected</source>
        <translation>已连接</translation>
    </message>
    <message>
        <source>engineer</source>
        <translation>工程师</translation>
    </message>
    <message>
        <source>far</source>
        <translation>远</translation>
    </message>
    <message>
        <source>firmware {version}</source>
        <translation>固件 {version}</translation>
    </message>
    <message>
        <source>good</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>in trouble</source>
        <translation>有故障</translation>
    </message>
    <message>
        <source>near</source>
        <translation>近</translation>
    </message>
    <message>
        <source>not online</source>
        <translation>未上线</translation>
    </message>
    <message>
        <source>not read yet</source>
        <translation>尚未读取</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>operator</source>
        <translation>操作员</translation>
    </message>
    <message>
        <source>orders wait</source>
        <translation>指令等待中</translation>
    </message>
    <message>
        <source>plug it in</source>
        <translation>请插入</translation>
    </message>
    <message>
        <source>proof {seal}</source>
        <translation>证明 {seal}</translation>
    </message>
    <message>
        <source>provisioned</source>
        <translation>已预配</translation>
    </message>
    <message>
        <source>queued, not verified</source>
        <translation>已排队，未验证</translation>
    </message>
    <message>
        <source>scanned and right</source>
        <translation>已扫描，正确</translation>
    </message>
    <message>
        <source>shipped again {when}, {who}</source>
        <translation>已于 {when} 再次出货，{who}</translation>
    </message>
    <message>
        <source>since {when}, {who}</source>
        <translation>自 {when} 起，{who}</translation>
    </message>
    <message>
        <source>technician</source>
        <translation>技术员</translation>
    </message>
    <message>
        <source>the LED</source>
        <translation>LED</translation>
    </message>
    <message>
        <source>unknown board</source>
        <translation>未知电路板</translation>
    </message>
    <message>
        <source>very far</source>
        <translation>很远</translation>
    </message>
    <message>
        <source>very near</source>
        <translation>很近</translation>
    </message>
    <message>
        <source>{code}, ticked</source>
        <translation>{code}，已勾选</translation>
    </message>
    <message>
        <source>{code}: not a label of this product.</source>
        <translation>{code}：不是本产品的标签。</translation>
    </message>
    <message>
        <source>{code}: nothing to do with this code now.</source>
        <translation>{code}：现在用不到此条码。</translation>
    </message>
    <message>
        <source>{code}: too short for a code. Scan it again.</source>
        <translation>{code}：太短，不是条码。请再扫一次。</translation>
    </message>
    <message>
        <source>{count} under way. Closing stops them.</source>
        <translation>{count} 个正在运行。关闭会将其停止。</translation>
    </message>
    <message>
        <source>{count} units</source>
        <translation>{count} 件</translation>
    </message>
    <message>
        <source>{count} units fit</source>
        <translation>{count} 件产品符合</translation>
    </message>
    <message>
        <source>{count} units written to {name}</source>
        <translation>已将 {count} 件写入 {name}</translation>
    </message>
    <message>
        <source>{count} units: {recipe}</source>
        <translation>{count} 件：{recipe}</translation>
    </message>
    <message>
        <source>{count}, {hours} h</source>
        <translation>{count}，{hours} 小时</translation>
    </message>
    <message>
        <source>{count}, {minutes} min</source>
        <translation>{count}，{minutes} 分钟</translation>
    </message>
    <message>
        <source>{done} of {total} {unit}</source>
        <translation>{done} / {total} {unit}</translation>
    </message>
    <message>
        <source>{first}, approved by {second}</source>
        <translation>{first}，由 {second} 批准</translation>
    </message>
    <message>
        <source>{number} s</source>
        <translation>{number} 秒</translation>
    </message>
    <message>
        <source>{order} is chosen. Now scan your badge.</source>
        <translation>已选择 {order}。现在请扫描工牌。</translation>
    </message>
    <message>
        <source>{order}: no such work order. An engineer adds it with: station orders add</source>
        <translation>{order}：没有此工单。请工程师添加：station orders add</translation>
    </message>
    <message>
        <source>{page}, key {key}</source>
        <translation>{page}，按键 {key}</translation>
    </message>
    <message>
        <source>{seconds} s left</source>
        <translation>剩余 {seconds} 秒</translation>
    </message>
    <message>
        <source>{slot} has nothing to retry now.</source>
        <translation>{slot} 现在没有可重试的内容。</translation>
    </message>
    <message>
        <source>{slot}: {unit}</source>
        <translation>{slot}：{unit}</translation>
    </message>
    <message>
        <source>{station} – provisioning</source>
        <translation>{station} – 预配</translation>
    </message>
    <message>
        <source>{title}?</source>
        <translation>{title}？</translation>
    </message>
</context>
</TS>
