FROM debian:12
RUN apt-get install -y \
    gzip \
    python3 \
 && bash -c 'set -e; make' \
 && sh -c "$FETCHED"
CMD /bin/bash -l
