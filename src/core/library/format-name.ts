/** How people call what a file is encoded with. */
const NAMES: readonly (readonly [RegExp, string])[] = [
  [/layer 3/i, 'MP3'],
  [/layer 2/i, 'MP2'],
  [/flac/i, 'FLAC'],
  [/opus/i, 'Opus'],
  [/vorbis/i, 'Ogg Vorbis'],
  [/alac|apple lossless/i, 'ALAC'],
  [/aac|mp4a/i, 'AAC'],
  [/monkey/i, 'APE'],
  [/wma|windows media/i, 'WMA'],
  [/wavpack/i, 'WavPack'],
]
/** Plain samples are called after the file that holds them. */
const CONTAINERS: readonly (readonly [RegExp, string])[] = [
  [/aif/i, 'AIFF'],
  [/wav|rf64/i, 'WAV'],
]

/** @returns e.g. `MP3`; the codec's own name where people have none, null where neither is known */
export const formatName = (codec: string | undefined, container: string | undefined): string | null => {
  const found =
    NAMES.find(([pattern]) => pattern.test(codec ?? '')) ??
    CONTAINERS.find(([pattern]) => pattern.test(container ?? ''))
  return found?.[1] ?? (codec || container || null)
}
