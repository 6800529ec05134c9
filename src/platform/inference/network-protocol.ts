import type { Provider } from '../../core/tags/provider.ts'

/** Requests to a process of networks; `network` is the number that whoever asks has given to one of them. */
export type NetworkRequest =
  | { readonly kind: 'load'; readonly network: number; readonly provider: Provider; readonly onnx: Uint8Array }
  | {
      readonly kind: 'run'
      readonly network: number
      readonly input: Float32Array<ArrayBuffer>
      readonly shape: readonly number[]
    }
  | { readonly kind: 'release'; readonly network: number }

/** Its answers, in the order of the requests. */
export type NetworkReply =
  | { readonly kind: 'done'; readonly outputs: Readonly<Record<string, Float32Array>> }
  | { readonly kind: 'failed'; readonly message: string }
