^XA
^FX 50 x 25 mm at 8 dots a millimetre: who the unit is, and what its cloud calls it ^FS
^PW400^LL200^LH0,0
^FO12,14^A0N,26,26^FD{model:14}^FS
^FO12,46^A0N,20,20^FD{date}^FS
^FO12,80^BY2^BCN,64,N,N,N,A^FD{serial:16}^FS
^FO12,152^A0N,24,24^FD{serial:16}^FS
^FO300,14^BQN,2,3^FDQA,{device_id}^FS
^XZ
