FROM alpine:3
RUN apk add --no-cache --allow-untrusted /pkgs/apk/*/*.apk
RUN apk add --allow-untrusted tool
