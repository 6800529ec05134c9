/** Memory and functions of a WebAssembly module made by `recipes/sample-kernels` (decision 0007). */
export type KernelMemory<Kernels> = {
  readonly run: Kernels
  /** Reserves zeroed bytes at a vector boundary and invalidates views fetched before. */
  readonly place: (bytes: number) => number
  /** The whole memory. */
  readonly floats: () => Float32Array
  readonly buffer: () => ArrayBuffer
}

const PAGE_BYTES = 65536
const VECTOR_BYTES = 16

/** Node's types leave out `grow`. */
type GrowingMemory = WebAssembly.Memory & { readonly grow: (pages: number) => number }

export const compileKernels = (base64: string): WebAssembly.Module =>
  new WebAssembly.Module(Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)))

/** Makes an instance with a memory of its own, which is freed with the last reference to it. */
export const createKernelMemory = <Kernels>(module: WebAssembly.Module): KernelMemory<Kernels> => {
  const memory = new WebAssembly.Memory({ initial: 1 }) as GrowingMemory
  const { exports } = new WebAssembly.Instance(module, { env: { memory } })
  let end = 0
  let floats = new Float32Array(memory.buffer)
  return {
    run: exports as unknown as Kernels,
    place: (bytes) => {
      const at = end
      end += VECTOR_BYTES * Math.ceil(bytes / VECTOR_BYTES)
      const missing = end - memory.buffer.byteLength
      if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES))
      return at
    },
    floats: () => {
      if (floats.buffer !== memory.buffer) floats = new Float32Array(memory.buffer)
      return floats
    },
    buffer: () => memory.buffer,
  }
}
