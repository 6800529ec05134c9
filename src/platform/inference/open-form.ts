import { type FormCard, GOLDEN_BEATS, GOLDEN_STEP, goldenInput, parseFormCard } from '../../core/sections/form-card.ts'
import { FORM_CHANNELS, type FormInput } from '../../core/sections/form-input.ts'
import { type TrackForm, trackForm } from '../../core/sections/track-form.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { Provider } from '../../core/tags/provider.ts'
import type { Backend, LoadedNetwork } from './backend.ts'
import { backendsOf } from './onnx-backends.ts'
import { readPackJson, readPackNetwork } from './pack-file.ts'
import { FORM_CARD } from './shipped-form.ts'

/** A network of form, on a provider that answers as the card says. */
export type FormNetwork = {
  readonly card: FormCard
  readonly provider: Provider
  readonly find: (input: FormInput) => Promise<TrackForm>
  readonly close: () => Promise<void>
}

const MOST_NETWORK_BYTES = 64 * 1024 * 1024
/** Every machine has to answer alike: accelerators that round are not asked. */
const PROVIDERS: readonly Provider[] = ['cpu', 'wasm']
/** Of a logit. */
const TOLERANCE = 1e-3
const OUTPUT = 'form'

/** @param json what its card should be @throws MODEL_NOT_FOUND, MODEL_CORRUPT, INCOMPATIBLE_MODEL, INFERENCE_UNAVAILABLE */
export const openFormOf = async (
  json: unknown,
  folder: string,
  backends: readonly Backend[] = backendsOf(process.platform),
): Promise<FormNetwork> => {
  const card = parseFormCard(json)
  if (typeof card === 'string') throw new UserError('INCOMPATIBLE_MODEL', `The card in ${folder}: ${card}`)
  const onnx = readPackNetwork(folder, card, MOST_NETWORK_BYTES)
  const problems: string[] = []
  for (const backend of backends.filter(({ provider }) => PROVIDERS.includes(provider))) {
    const network = await loadProven(backend, onnx, card).catch((error: unknown) => {
      problems.push(`${backend.provider}: ${(error as Error).message || String(error)}`)
      return null
    })
    if (network === null) continue
    const find = async ({ beats, values }: FormInput): Promise<TrackForm> => {
      const answer = await network.run(values, [1, FORM_CHANNELS, beats])
      const form = answer[OUTPUT] ? trackForm(answer[OUTPUT], beats) : null
      if (form === null)
        throw new UserError('INFERENCE_UNAVAILABLE', 'The network of form answered with a value that is not a number.')
      return form
    }
    return { card, provider: backend.provider, find, close: network.close }
  }
  throw new UserError('INFERENCE_UNAVAILABLE', problems.join('; '))
}

const loadProven = async (backend: Backend, onnx: Uint8Array, { golden }: FormCard): Promise<LoadedNetwork> => {
  const network = await backend.load(onnx)
  const { [OUTPUT]: answer } = await network.run(goldenInput(), [1, FORM_CHANNELS, GOLDEN_BEATS])
  const isRight =
    answer !== undefined &&
    golden.length * GOLDEN_STEP === answer.length &&
    golden.every((value, n) => Math.abs(answer[n * GOLDEN_STEP]! - value) <= TOLERANCE)
  if (isRight) return network
  await network.close()
  throw new Error('its answer is not that of the card')
}

/** Opens the network in a folder: its card and the ONNX file that the card names. @throws as `openFormOf` */
export const openForm = async (folder: string, backends?: readonly Backend[]): Promise<FormNetwork> =>
  openFormOf(readPackJson(folder, FORM_CARD).json, folder, backends)
