import type { QualityCheck } from './checked-track.ts'

/** Music is mastered to −24 LUFS and above (EBU R128: −23); what lies this far below was recorded or exported by mistake. */
const NEARLY_SILENT_LUFS = -45

/** Value: integrated loudness in LUFS; null for silence. */
export const checkNearSilence: QualityCheck = ({ loudness: { integratedLufs } }) =>
  integratedLufs !== null && integratedLufs > NEARLY_SILENT_LUFS
    ? null
    : { code: 'near_silence', severity: 'warning', value: integratedLufs, spans: [] }
