"""The public pages: answer patterns, protocols, statements, sources, search of the library, and about bedside.

They are made from the content, the library and the settings, and never read a thread.
"""
