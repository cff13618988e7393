"""Who reads and acts: the mandate that was chosen, how far it reaches, and the pages of one's own account.

Every selector of every app takes the scope that is made here and applies it inside; what is out of reach is answered
like what does not exist.
"""
