/** Programs without a format of their own here, and by which formats their people are served. */
const SERVED_PROGRAMS: ReadonlyMap<string, string> = new Map([
  ['engine', 'Engine DJ imports rekordbox libraries itself: write rekordbox-xml for it, or m3u8 for playlists alone.'],
  ['mixxx', 'Mixxx reads the cues that Serato keeps in audio files: write serato for it, and m3u8 for playlists.'],
  [
    'virtualdj',
    'VirtualDJ shows libraries of rekordbox and Serato itself: write rekordbox-xml or serato for it, and m3u8 for playlists.',
  ],
])

/** Says how a program is served that has no format of its own; undefined for any other word. */
export const servedBy = (format: unknown): string | undefined =>
  typeof format === 'string' ? SERVED_PROGRAMS.get(format.toLowerCase()) : undefined
