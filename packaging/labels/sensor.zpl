^XA
^FX 60 x 30 mm at 8 dots a millimetre: a number from the pool, and the secret by which ^FS
^FX a customer takes the device. Needs [serial] and claim_days in the recipe. ^FS
^PW480^LL240^LH0,0
^FO16,14^A0N,28,28^FD{serial_number:20}^FS
^FO16,54^BY2^BCN,64,N,N,N,A^FD{serial_number:16}^FS
^FO16,132^A0N,20,20^FD{model:20}^FS
^FO16,160^A0N,20,20^FD{date}^FS
^FO344,96^BQN,2,3^FDQA,{{"n":"{device_id}","k":"{claim_secret}"}}^FS
^XZ
