/** Black keys by the name that DJs and their programs use; in minor, C and F are raised. */
const FLATS: Readonly<Record<string, string>> = { 'C#': 'D♭', 'D#': 'E♭', 'F#': 'G♭', 'G#': 'A♭', 'A#': 'B♭' }
const SHARPS: Readonly<Record<string, readonly string[]>> = { major: ['F#'], minor: ['C#', 'F#'] }

/** @param key e.g. `A# minor` @returns e.g. `B♭ min` */
export const musicalKeyText = (key: string): string => {
  const [tonic = '', mode = ''] = key.split(' ')
  const name = SHARPS[mode]?.includes(tonic) ? tonic.replace('#', '♯') : (FLATS[tonic] ?? tonic)
  return `${name} ${mode.slice(0, 3)}`
}
