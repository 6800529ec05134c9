import { lastNotesGesture, lastNotesUndo, redoNotes, undoNotes } from './note-edits.ts'
import { lastPlaylistGesture, lastPlaylistUndo, redoPlaylists, undoPlaylists } from './playlists/playlist-edits.ts'

/** Takes back what was done last in the library, be it with notes or with playlists. */
export const undoGesture = (): Promise<unknown> =>
  lastPlaylistGesture() > lastNotesGesture() ? undoPlaylists() : undoNotes()

/** Does again what was taken back last. */
export const redoGesture = (): Promise<unknown> =>
  lastPlaylistUndo() > lastNotesUndo() ? redoPlaylists() : redoNotes()
