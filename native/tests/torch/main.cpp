#include "../check.h"
#include "ib_torch.h"

int main() {
  // The tests are small; threads would only cost their start.
  ib_set_num_threads(1);
  return check::run();
}
