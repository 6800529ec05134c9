import { expect, test } from 'vitest'
import { selfAgreementText } from './self-agreement-text.ts'

test('a few answers say nothing of models, many are their ceiling', () => {
  expect(selfAgreementText({ asked: 1, share: 0, band: { low: 0, high: 0.97 } })).toBe(
    'You agree with yourself on 0 % of 1 section that you were asked about again (90 % band: 0 % to 97 %). That is too few to say what a model can reach.',
  )
  expect(selfAgreementText({ asked: 60, share: 0.91, band: { low: 0.84, high: 0.96 } })).toBe(
    'You agree with yourself on 91 % of 60 sections that you were asked about again (90 % band: 84 % to 96 %). No model can be expected to do better.',
  )
})
