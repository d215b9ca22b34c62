"""A form as an office has it in Word: where people fill it in, and tags put there instead.

What a blank *means* is not decided here: :mod:`docsmith.engine.new_type` knows the data.
"""
