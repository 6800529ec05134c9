/* The one function of libatomic that Node 26 imports, for systems that have no libatomic.so.1. Lock-free at each size that Node uses. */
#include <stdbool.h>
#include <stddef.h>

#define EXCHANGE(type)                                                                                                 \
  return __atomic_compare_exchange((type *)object, (type *)expected, (type *)desired, false, __ATOMIC_SEQ_CST,         \
                                   __ATOMIC_SEQ_CST)

__asm__(".symver exchange, __atomic_compare_exchange@@LIBATOMIC_1.0");

bool exchange(size_t size, void *object, void *expected, void *desired, int success, int failure) {
  (void)success;
  (void)failure;
  switch (size) {
  case 1:
    EXCHANGE(unsigned char);
  case 2:
    EXCHANGE(unsigned short);
  case 4:
    EXCHANGE(unsigned int);
  case 8:
    EXCHANGE(unsigned long);
  case 16:
    EXCHANGE(unsigned __int128);
  }
  __builtin_trap();
}
