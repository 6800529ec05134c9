/** Why a scan passes over a file that is audio by its name, or a folder. */
export const LEFT_OUT_REASONS = [
  'hidden',
  'resource_fork',
  'name_not_utf8',
  'needs_ffmpeg',
  'linked_folder',
  'broken_link',
  'link_loop',
  'not_a_file',
  'still_changing',
] as const
export type LeftOutReason = (typeof LEFT_OUT_REASONS)[number]

/** Each reason as the beginning of a line to a person, and what can be done about it. */
export const LEFT_OUT_WORDS: Readonly<Record<LeftOutReason, { readonly what: string; readonly hint: string | null }>> =
  {
    hidden: { what: 'Hidden', hint: 'Names that begin with a dot are hidden: rename them to have them read.' },
    resource_fork: { what: 'Left by a Mac beside the real file', hint: null },
    name_not_utf8: {
      what: 'Name in an old character encoding',
      hint: 'Such a name cannot be opened here: rename the file or folder.',
    },
    needs_ffmpeg: { what: 'Needs ffmpeg', hint: 'Install ffmpeg, start Algiers again, and scan again.' },
    linked_folder: { what: 'Link to a folder of the library', hint: 'The folder itself is read.' },
    broken_link: { what: 'Link to a file that is not there', hint: null },
    link_loop: { what: 'Link that leads to itself', hint: null },
    not_a_file: { what: 'Folder link, device or pipe with the name of an audio file', hint: null },
    still_changing: { what: 'Still being copied', hint: 'It is read once it no longer changes.' },
  }

/** Relative to the root, fit to be shown; a folder ends in a slash. */
export type LeftOutFile = { readonly file: string; readonly reason: LeftOutReason }

/** All that was left out for one reason. */
export type LeftOut = { readonly reason: LeftOutReason; readonly count: number; readonly files: readonly string[] }

/** More are told by their number only. */
const MOST_NAMED = 100

/** Counts what was left out by its reason, in the order of the reasons. */
export const countLeftOut = (files: readonly LeftOutFile[]): readonly LeftOut[] =>
  LEFT_OUT_REASONS.flatMap((reason) => {
    const named = files.filter((one) => one.reason === reason).map(({ file }) => file)
    if (named.length === 0) return []
    return [{ reason, count: named.length, files: named.sort().slice(0, MOST_NAMED) }]
  })
