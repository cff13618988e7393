"""The door for readings over HTTP, in the shape of the national interface: register, base data, version, upload.

An upload is acknowledged when the disk has confirmed it, and counts once however often it is sent. What a request may
ask of the system is bounded before anything is read: its size, its rate, the work that waits, the space that is left.

Refuses: what is not signed by a device that the city let in; a request signed long ago; more than the limits allow.
A single reading that cannot be placed is kept as it was sent, beside the others, and named in the answer.
"""
