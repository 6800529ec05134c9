import type { ErrorCode } from '../core/support/error-catalogue.ts'

/** What to do next, in commands: where the catalogue can only say it in words, because the page shows it, too. */
export const terminalHints: Readonly<Partial<Record<ErrorCode, string>>> = {
  AUDIO_CHANGED: 'Run `algiers library scan`, so that the new sound is read.',
  TRACK_NOT_FOUND: 'List the tracks with `algiers tracks`.',
  ANALYSIS_REQUIRED: 'Run `algiers library scan` first.',
  LABEL_NOT_FOUND: 'List the labels with `algiers labels list`.',
  LABEL_OVERLAP: 'Trim or delete the other label first, or use --overlap trim.',
  BACKUP_NOT_FOUND: 'List the copies of the library with `algiers backups list`.',
}
