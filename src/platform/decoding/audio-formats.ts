import { findFfmpeg } from './find-ffmpeg.ts'

/**
 * Every extension that a scan looks at, by what decodes such a file; the bytes decide what a file really is. Whatever
 * stands here is proven by a test that decodes one.
 */
export const AUDIO_FORMATS = {
  /** Read by what comes with this package. */
  builtin: ['wav', 'wave', 'aif', 'aiff', 'aifc', 'mp3', 'mp2', 'flac', 'ogg', 'oga', 'opus'],
  /** Read where ffmpeg is on the PATH. */
  ffmpeg: [
    'm4a',
    'm4b',
    'mp4',
    'aac',
    'wma',
    'wv',
    'ape',
    'mka',
    'webm',
    'caf',
    'w64',
    'tta',
    'ac3',
    'eac3',
    'au',
    'snd',
    'spx',
    'mpc',
    'dsf',
    'dff',
  ],
} as const

export type AudioReader = keyof typeof AUDIO_FORMATS

const READERS: ReadonlyMap<string, AudioReader> = new Map(
  (['builtin', 'ffmpeg'] as const).flatMap((reader) =>
    AUDIO_FORMATS[reader].map((extension) => [extension, reader] as const),
  ),
)

/** What reads files of this name; null for names of anything but audio. @param name a file name or path */
export const readerOf = (name: string): AudioReader | null => {
  const extension = /\.([^./\\]+)$/.exec(name)?.[1]
  return (extension && READERS.get(extension.toLowerCase())) || null
}

/** Whether this machine has all readers. */
export const canReadAll = (): boolean => findFfmpeg() !== null
