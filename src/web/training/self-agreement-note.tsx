import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { countText } from '../../core/units/count-text.ts'
import { percentText } from '../kit/words/percent-text.ts'
import { queryOf } from '../queries/query-of.ts'

/** How often the person agrees with themselves: no model can be expected to do better. */
export const SelfAgreementNote = (): ReactElement | null => {
  const { data } = useQuery(queryOf('selfAgreement'))
  if (!data || data.share === null || data.band === null) return null
  return (
    <p className="quiet">
      You agree with yourself on {percentText(data.share, 0)} of {countText(data.asked, 'section')} that you were asked
      about again (90 % band: {percentText(data.band.low, 0)} – {percentText(data.band.high, 0)}). No model can be
      expected to do better.
    </p>
  )
}
