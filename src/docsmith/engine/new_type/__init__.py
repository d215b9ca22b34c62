"""A new document type: from one of the eight shapes, or from a form that an office has in Word.

What a blank of a form means is decided here. Only what is certain is put into the copy; everything else is
told, with what it may mean, and left to a person.
"""
