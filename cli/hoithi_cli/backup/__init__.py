"""Backup and restore of the services' databases (docs/how-to/backup-and-restore.md).

`reading` takes a snapshot, `sealing` encrypts, `parts` are the files, `format` is the manifest, `writing` makes a backup,
`checking` judges one, `loading` puts it beside what is there, `swapping` exchanges the two. `databases` finds and opens them.
"""
