/** What is known of a track that the browser refused to play. */
type Refused = {
  readonly state: string
  readonly failure: { readonly code: string; readonly detail: string } | null
  readonly grid: object | null
}

type Words = { readonly title: string; readonly detail: string }

/** Why a file that is there cannot be played, and what can be done. @param track null where nothing is known of it */
export const unplayableWords = (track: Refused | null): Words => {
  if (track?.grid)
    return {
      title: 'This browser cannot play the track',
      detail:
        'Algiers can read its format, so you can still label it by its waveform. To hear it, use another browser, or convert the file to FLAC, WAV or MP3.',
    }
  if (track?.failure)
    return {
      title: 'This file cannot be played',
      detail: `Algiers could not read it either: ${track.failure.detail} It cannot be labelled. Copy or download it again, then scan again.`,
    }
  return {
    title: 'This browser cannot play the track',
    detail: 'It is not analysed yet, so it is not known whether the file is damaged. Scan again to find out.',
  }
}
