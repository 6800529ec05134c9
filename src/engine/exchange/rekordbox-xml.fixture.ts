export type XmlMark = {
  readonly name?: string
  readonly start: number
  readonly end?: number
  readonly pad?: number
}

export type XmlTrack = {
  readonly path: string
  readonly title?: string
  readonly seconds?: number
  readonly marks?: readonly XmlMark[]
  readonly rating?: number
  readonly plays?: number
  readonly comment?: string
  readonly tempo?: { readonly start: number; readonly bpm: number }
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')

const markOf = ({ name = '', start, end, pad = -1 }: XmlMark): string =>
  `<POSITION_MARK Name="${escaped(name)}" Type="${end === undefined ? 0 : 4}" Start="${start.toFixed(3)}"${end === undefined ? '' : ` End="${end.toFixed(3)}"`} Num="${pad}"/>`

const trackOf = (
  { path, title = '', seconds = 48, marks = [], rating = 0, plays = 0, comment = '', tempo }: XmlTrack,
  at: number,
) =>
  `<TRACK TrackID="${at + 1}" Name="${escaped(title)}" TotalTime="${seconds}" Rating="${rating * 51}" PlayCount="${plays}" Comments="${escaped(comment)}" Location="file://localhost${encodeURI(path)}">${
    tempo === undefined
      ? ''
      : `<TEMPO Inizio="${tempo.start.toFixed(3)}" Bpm="${tempo.bpm.toFixed(2)}" Metro="4/4" Battito="1"/>`
  }${marks.map(markOf).join('')}</TRACK>`

/** A library as rekordbox writes it, with one playlist of all its tracks in a folder. */
export const rekordboxXmlOf = (tracks: readonly XmlTrack[]): string => `<?xml version="1.0" encoding="UTF-8"?>
<DJ_PLAYLISTS Version="1.0.0"><PRODUCT Name="rekordbox" Version="7.0.9" Company="AlphaTheta"/>
<COLLECTION Entries="${tracks.length}">${tracks.map(trackOf).join('\n')}</COLLECTION>
<PLAYLISTS><NODE Type="0" Name="ROOT" Count="1"><NODE Type="0" Name="Nights" Count="1">
<NODE Name="Friday" Type="1" KeyType="0" Entries="${tracks.length}">${tracks.map((_, at) => `<TRACK Key="${at + 1}"/>`).join('')}</NODE>
</NODE></NODE></PLAYLISTS></DJ_PLAYLISTS>
`
