import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { selfAgreementText } from '../../core/evaluation/self-agreement-text.ts'
import { queryOf } from '../queries/query-of.ts'

/** How often the person agrees with themselves, and what that says of models. */
export const SelfAgreementNote = (): ReactElement | null => {
  const { data } = useQuery(queryOf('selfAgreement'))
  if (!data || data.share === null || data.band === null) return null
  const { asked, share, band } = data
  return <p className="quiet">{selfAgreementText({ asked, share, band })}</p>
}
