import { audacity } from './audacity.ts'
import { corpusJson } from './corpus-json.ts'
import { jams } from './jams.ts'
import type { LabelCodec } from './label-codec.ts'
import type { LabelFormatName, WrittenFormatName } from './label-format-traits.ts'
import { labelsCsv } from './labels-csv.ts'
import { reaper } from './reaper.ts'
import { sonicVisualiser } from './sonic-visualiser.ts'
import { timedLines } from './timed-lines.ts'

type Codecs = {
  readonly [Name in LabelFormatName]: Name extends WrittenFormatName ? Required<LabelCodec> : LabelCodec
}

/** The codec of each format in `label-format-traits.ts`, in the order in which a file is tried. */
export const LABEL_CODECS: Codecs = {
  jams,
  corpus: corpusJson,
  'sonic-visualiser': sonicVisualiser,
  reaper,
  audacity,
  csv: labelsCsv,
  lab: timedLines,
}
