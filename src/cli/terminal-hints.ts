import type { ErrorCode } from '../core/support/error-catalogue.ts'

/** What to do next, in commands: where the catalogue can only say it in words, because the page shows it, too. */
export const terminalHints: Readonly<Partial<Record<ErrorCode, string>>> = {
  AUDIO_CHANGED: 'Run `algiers library scan`, so that the new sound is read.',
  TRACK_NOT_FOUND: 'List the tracks with `algiers tracks`.',
  LENS_NOT_FOUND: 'List the lenses with `algiers labels lenses`.',
  OWN_KIND_NOT_FOUND: 'List the lenses with `algiers labels lenses`.',
  SCOPE_NOT_FOUND: 'List the scopes with `algiers models scopes`.',
  PLAYLIST_NOT_FOUND: 'List the playlists with `algiers playlist list`.',
  ANALYSIS_REQUIRED: 'Run `algiers library scan` first.',
  LABEL_NOT_FOUND: 'List the labels with `algiers labels list`.',
  FINDING_NOT_FOUND: 'List what is left with `algiers labels check`.',
  LABEL_OVERLAP: 'Trim or delete the other label first, or use --overlap trim.',
  FORMAT_UNKNOWN: 'Add --help to the command to see its formats.',
  IMPORT_NOT_FOUND: 'List the imports with `algiers exchange list`.',
  FOREIGN_LIBRARY_NOT_FOUND: 'Name the file, folder or drive that holds the library of the other program.',
  SET_NOT_FOUND: 'List the sets with `algiers set list`.',
  SET_CHANGED: 'Look at it again with `algiers set show`, and repeat the command.',
  LABELS_CHANGED: 'Look at the labels again with `algiers labels list`, and repeat the command.',
  GRID_CHANGED: 'Run the command again: the grid was changed meanwhile.',
  ROOT_NOT_FOUND: 'Check the path. `algiers library list` shows the folders of the library.',
  MODEL_NOT_FOUND: 'Name a version that `algiers models list` shows, or a folder that holds a network.',
  MODEL_ACTIVE: 'Activate another version first: `algiers models activate <version>`.',
  NEED_MORE_LABELS:
    'Count them with `algiers labels stats`, and add some with `algiers labels add`, by import, or on the page.',
  PAGE_NOT_BUILT: 'Run `npm start`, which builds the page; the API works without it.',
  PORT_IN_USE: 'Leave out --port to get a free one, or name another.',
  ALREADY_RUNNING: 'Another Algiers is using it: close that one, or set ALGIERS_DATA_DIR.',
  TOKEN_UNAVAILABLE: 'Start with --new-token to make another, or serve only this machine with --host 127.0.0.1.',
  DATA_DIR_UNWRITABLE: 'Check its permissions, or set ALGIERS_DATA_DIR.',
  DATABASE_DAMAGED:
    'Nothing was changed. Restore a copy: `algiers backups list`, then `algiers backups restore <name>`.',
  DATABASE_MISSING:
    'Put it back, or restore a copy: `algiers backups list`, then `algiers backups restore <name>`. To begin a new library, move what is left of this one elsewhere.',
  CATALOGUE_MISSING: 'Set it up with `algiers catalogue init`, or name the database that holds it.',
  CATALOGUE_OUTDATED: 'Bring it up to date with `algiers catalogue migrate`.',
  CATALOGUE_OTHER_ANALYSIS:
    'Run the version that the catalogue was migrated with, or `algiers catalogue migrate` with this one: its tracks are then analysed again.',
  USER_NOT_FOUND: 'List the users with `algiers catalogue users`.',
  TEAM_NOT_FOUND: 'List the users and their teams with `algiers catalogue users`.',
  SETTING_INVALID: 'List the settings and their values with `algiers settings get`.',
  BACKUP_NOT_FOUND: 'List the copies of the library with `algiers backups list`.',
}
